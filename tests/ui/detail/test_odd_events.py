"""Events that no one expects: each is opened, paged through, searched, opened everywhere, and copied."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.model import Breadcrumb, Event, ExceptionInfo, Frame
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, failure, make_detail, make_event
from ui.detail.page.finder import Finder

HTML = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:x'>needle</a>"
RTL = "שגיאה: הקובץ needle לא נמצא \u202egnp.exe\u202c"
CONTROL = "needle \x00\x1b[31mred\x1b[0m \x1b]0;title\x07 \u200b\u2066 \ud800 \r\n end"


def everywhere(text: str) -> dict[str, Any]:
    """An event that has this text wherever it can have one."""
    frame = Frame(function=text, filename=text, line=1, context=((1, text),), vars={text: text})
    return {
        "title": text,
        "message": text,
        "culprit": text,
        "environment": text,
        "release": text,
        "server_name": text,
        "exceptions": (failure(text, frame, frame),),
        "breadcrumbs": (Breadcrumb(message=text, category=text, data={text: text}),),
        "tags": {text: text},
        "extra": {text: [text, {text: text}]},
        "contexts": {text: {text: text}},
        "modules": {text: text},
        "user": {"id": text},
    }


def deep_groups() -> tuple[ExceptionInfo, ...]:
    groups = [ExceptionInfo(type="needle 0", value="group", parent=None)]
    for depth in range(1, 21):
        groups += [
            ExceptionInfo(type=f"needle {depth}.{n}", value="x", parent=3 * (depth - 1)) for n in range(3)
        ]
    return tuple(groups)


def calls(number: int, **fields: Any) -> tuple[Frame, ...]:
    return tuple(Frame(function=f"needle_{n}", line=n, filename="a.py", **fields) for n in range(number))


ODD: dict[str, Callable[[], Event]] = {
    "nothing at all": bare_event,
    "no exception": lambda: make_event(exceptions=(), message="needle"),
    "no frames": lambda: bare_event(exceptions=(ExceptionInfo(type="needle", value="x"),)),
    "ten thousand frames": lambda: bare_event(exceptions=(failure("E", *calls(10_000)),)),
    "ten thousand frames of a library": lambda: bare_event(
        exceptions=(failure("E", *calls(10_000, in_app=False)),)
    ),
    "recursion": lambda: bare_event(exceptions=(failure("E", *(calls(1) * 3_000)),)),
    "a megabyte of message": lambda: bare_event(message="needle " * 150_000),
    "a megabyte in one word": lambda: bare_event(message="needle" * 170_000),
    "five thousand breadcrumbs": lambda: bare_event(
        breadcrumbs=tuple(Breadcrumb(message=f"needle {n}", data={"n": n}) for n in range(5_000))
    ),
    "groups twenty deep": lambda: bare_event(exceptions=deep_groups()),
    "right to left": lambda: bare_event(**everywhere(RTL)),
    "control characters": lambda: bare_event(**everywhere(CONTROL)),
    "HTML": lambda: bare_event(**everywhere(HTML)),
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD.keys())
def test_an_odd_event_is_read_searched_and_copied(
    page: ReadPage, qtbot: QtBot, make: Callable[[], Event]
) -> None:
    page.show()
    event = make()
    page.open(make_detail(event))
    bar = page.verticalScrollBar()
    for part in range(5):
        bar.setValue(bar.maximum() * part // 4)
        page.grab()
    finder = Finder(page)
    finder.find("needle")
    qtbot.waitUntil(lambda: finder.is_done, timeout=30_000)
    found = finder.position()[1]
    assert (found > 0) == ("needle" in str(event))
    for direction in (1, 1, 1, -1):
        finder.step(direction)
        qtbot.waitUntil(lambda: finder.is_done, timeout=30_000)
    for place, _zone in page.zones()[:30]:
        if (zone := page.zone_of(place)) is not None:
            zone.activate()
    page._keys.select_all()
    assert page.selected_text()
    page.grab()
