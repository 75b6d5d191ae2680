"""The page shows the event, nothing in it acts, and it carries the event."""

import base64
import gzip
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from app.model import Event
from app.protocols import report_file
from app.protocols.report_file import NotAReport
from app.sharing import html_page
from app.sharing.html_page import as_html
from tests.factories import make_event
from tests.sharing.events import HOSTILE, TEXT, odd_events, with_text
from tests.ui.detail.samples import make_detail

LIMIT = 20 << 20
_TAGS = frozenset(
    "html head meta title style body header main footer template h1 h2 h3 p pre code span table tr td "
    "details summary".split()
)
_ATTRIBUTES = frozenset(
    (
        ("html", "lang", "en"),
        ("meta", "charset", "utf-8"),
        ("meta", "name", "viewport"),
        ("meta", "name", "referrer"),
        ("meta", "name", "robots"),
        ("meta", "http-equiv", "Content-Security-Policy"),
        ("meta", "content", "width=device-width, initial-scale=1"),
        ("meta", "content", "no-referrer"),
        ("meta", "content", "noindex"),
        ("template", "id", "arecibo-report"),
        ("details", "class", "library"),
        ("p", "class", "library"),
        ("p", "class", "level"),
        ("p", "class", "muted"),
        ("span", "class", "muted"),
        ("span", "class", "at"),
        ("td", "class", "value"),
        ("details", "open", None),
    )
)


class _Parser(HTMLParser):
    """Fails for every tag and attribute that is not ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, tag
        for name, value in attrs:
            if tag == "meta" and name == "content" and (value or "").startswith("default-src 'none'"):
                self.policy = value or ""
            else:
                assert (tag, name, value) in _ATTRIBUTES, (tag, name, value)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")


def read(page: str) -> _Parser:
    parser = _Parser()
    parser.feed(page)
    parser.close()
    assert "style-src 'sha256-" in parser.policy
    return parser


def carried(page: str) -> Event:
    file = report_file.read(html_page.carried(page.encode("utf-8", "replace"), limit=LIMIT))
    return msgspec.json.decode(file.body, type=Event)


def test_the_page_has_what_helps() -> None:
    detail = make_detail()
    page = as_html(detail.event, detail.issue, hidden=1)
    text = read(page).text
    for part in ("PaymentError happened", "charge_card", "step_42()", "order_id", "coupon=TEA", "SELECT 19"):
        assert part in text
    assert "1 value was hidden" in text
    assert "src=" not in page
    assert "href=" not in page
    assert carried(page) == detail.event


@pytest.mark.parametrize("event", [*odd_events(), *map(with_text, HOSTILE)])
def test_nothing_of_outside_text_acts(event: Event) -> None:
    page = as_html(event, None)
    read(page)
    assert carried(page).event_id == event.event_id


@given(TEXT)
def test_any_text_is_only_text(text: str) -> None:
    page = as_html(with_text(text), None)
    read(page)
    assert carried(page).title == text.encode("utf-8", "replace").decode()


def page_with(inside: bytes) -> bytes:
    return b'<!doctype html><template id="arecibo-report">' + inside + b"</template>"


@pytest.mark.parametrize(
    "page",
    [
        b"<!doctype html><p>another",
        page_with(b"%%%"),
        page_with(b"aGVsbG8="),
        page_with(base64.b64encode(gzip.compress(b"0" * 1_000_000, mtime=0))),
        page_with(base64.b64encode(gzip.compress(b"0" * 1_000, mtime=0)[:-4])),
    ],
)
def test_what_carries_nothing_or_too_much_is_refused(page: bytes) -> None:
    with pytest.raises(NotAReport):
        html_page.carried(page, limit=100_000)


def test_the_first_carried_event_is_ours_whatever_the_text_says() -> None:
    other = page_with(b"aGVsbG8=").decode()
    event = make_event(title=other, message=other, tags={other: other})
    assert carried(as_html(event, None)) == event
    assert replace(event, title="x") != event
