"""The head of the page: what happened, where, when and how often."""

from app.model import Level
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.sections.header import HeaderSection


def test_the_header_shows_what_where_when_and_how_often(page: ReadPage) -> None:
    lines = page.open(make_detail(), HeaderSection).lines()
    assert lines[:4] == ["error", "PaymentError", "PaymentError happened", "shop.payment in charge_card"]
    assert lines[4].startswith("shop  ·  production  ·  shop@2.4.1  ·  20")
    assert lines[5].startswith("340 events  ·  12 users  ·  first seen")


def test_header_of_a_message_leads_with_its_first_line(page: ReadPage) -> None:
    event = bare_event(message="Disk almost full\n\n92 % of /var", level=Level.WARNING)
    assert page.open(make_detail(event), HeaderSection).lines()[:3] == [
        "warning",
        "Disk almost full",
        "92 % of /var",
    ]


def test_header_folds_a_long_message_and_opens_it(page: ReadPage) -> None:
    event = bare_event(message="first\n" + "\n".join(f"line {n}" for n in range(50)))
    page.open(make_detail(event), HeaderSection)
    assert "line 49" not in page.text()
    page.activate("Show more")
    assert "line 49" in page.text()


def test_markup_is_text(page: ReadPage) -> None:
    event = bare_event(message="<img src=x onerror=alert(1)><b>bold</b>")
    assert "<img src=x onerror=alert(1)><b>bold</b>" in page.open(make_detail(event), HeaderSection).lines()


def test_a_commit_as_release_is_shown_short_and_copied_whole(page: ReadPage) -> None:
    commit = "0c6a43d834495ffca4d5286867443a5810d69ebd"
    page.open(make_detail(bare_event(release=commit)), HeaderSection)
    facts = next(line for line in page.lines() if "0c6a43d83449" in line)
    assert commit not in facts
    page.menu("0c6a43d83449")["Copy release"]()
    assert page.clipboard_text() == commit
