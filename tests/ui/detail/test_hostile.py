"""Whatever an event holds, the page shows it, opens it, paints it, and copies it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.model import Breadcrumb, Event, ExceptionInfo, Frame, Request, Sdk, Thread, Trimmed, UserAgent
from app.sharing.markdown import as_markdown
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.value_text import as_text
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess

NASTY = [
    "",
    "\x00",
    "\u202e\u2066gnp.exe",
    "\ud800",
    "<img src=x>&amp;",
    "a\nb\r\nc",
    "\t" * 9,
    "👩\u200d👧 e\u0301",
]

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
text = st.one_of(st.sampled_from(NASTY), any_text, st.builds(lambda: "x" * 3_000))
maybe_text = st.none() | text
number = st.none() | st.integers(-(2**70), 2**70)
value: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
values = st.dictionaries(text, value, max_size=4)
moment = st.datetimes(timezones=st.just(UTC), max_value=datetime(9999, 12, 30))  # noqa: DTZ001 - st.datetimes wants it bare
frame = st.builds(
    Frame,
    filename=maybe_text,
    abs_path=maybe_text,
    module=maybe_text,
    function=maybe_text,
    line=number,
    column=number,
    in_app=st.booleans(),
    context=st.lists(st.tuples(st.integers(), text), max_size=4).map(tuple),
    vars=values,
)
printed = st.dictionaries(text, value.map(repr) | text | value, max_size=4)
frames = st.lists(frame | st.builds(Frame, vars=printed), max_size=5).map(tuple)
thread = st.builds(Thread, id=maybe_text, name=maybe_text, crashed=st.booleans(), frames=frames)
breadcrumb = st.builds(
    Breadcrumb,
    timestamp=st.none() | moment,
    type=maybe_text,
    category=maybe_text,
    level=maybe_text,
    message=maybe_text,
    data=values,
)
request = st.builds(
    Request,
    method=maybe_text,
    url=maybe_text,
    query=maybe_text,
    headers=st.dictionaries(text, text, max_size=3),
    body=value,
    cookies=value,
    env=values,
)
event = st.builds(
    bare_event,
    title=text,
    culprit=maybe_text,
    message=maybe_text,
    release=maybe_text,
    timestamp=moment,
    exceptions=st.lists(
        st.builds(
            ExceptionInfo,
            type=maybe_text,
            value=maybe_text,
            mechanism=st.none() | values,
            parent=st.none() | st.integers(-2, 5),
            frames=frames,
        ),
        max_size=3,
    ).map(tuple),
    threads=st.lists(thread, max_size=2).map(tuple),
    breadcrumbs=st.lists(breadcrumb, max_size=3).map(tuple),
    request=st.none() | request,
    user=values,
    tags=st.dictionaries(text, text, max_size=4),
    contexts=values,
    extra=values,
    user_agent=st.none() | st.builds(UserAgent, raw=text, browser=maybe_text, os=maybe_text),
    platform=st.sampled_from(["python", "ruby", "node", None]),
    sdk=st.none() | st.builds(Sdk, name=st.sampled_from(["sentry.python", "raven-python", "raygun4py"])),
    trimmed=st.lists(
        st.builds(
            Trimmed,
            path=st.lists(st.sampled_from(["exceptions", "0", "frames", "vars", ""]), max_size=5).map(tuple),
            length=st.none() | st.integers(0),
            rule=maybe_text,
        ),
        max_size=3,
    ).map(tuple),
    problems=st.lists(text, max_size=2).map(tuple),
)


@pytest.fixture(scope="module")
def shared_page(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadPage]:
    background = Background()
    yield ReadPage(PreferencesAccess(tmp_path_factory.mktemp("chosen"), background))
    background.stop()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(event)
def test_any_event_is_shown_opened_painted_and_copied(shared_page: ReadPage, event: Event) -> None:
    page = shared_page
    page.folds.clear()
    page.open(make_detail(event))
    for place, _ in page.zones()[:40]:
        if zone := page.zone_of(place):
            zone.activate()
    assert page.text()
    page.grab()
    for index in range(0, len(page.stacking.rows), 5):
        page.menu_for(index).deleteLater()
    as_markdown(event, make_detail(event).issue)
    as_text(event)


def test_ten_megabytes_anywhere_are_cut_and_copied_whole(page: ReadPage, qtbot: QtBot) -> None:
    huge = "ä" * 10_000_000
    frame = Frame(function=huge, context=((1, huge),), vars={"v": huge})
    event = bare_event(
        title=huge,
        message=huge,
        exceptions=(ExceptionInfo(type=huge, value=huge, frames=(frame,)),),
        breadcrumbs=(Breadcrumb(message=huge, category=huge),),
        tags={huge: huge},
        extra={"x": huge, "y": [huge]},
        request=Request(url=huge, body=huge),
    )
    page.open(make_detail(event))
    sheets = [page.stacking.sheet(index) for index in range(len(page.stacking.rows))]
    assert sum(len(span.text) for sheet in sheets for span in sheet.spans) < 100_000
    page.grab()
    row = next(r for r in page.stacking.rows if r.name.startswith("x: "))
    row.menu[0].action()
    assert page.clipboard_text() == huge
