"""Find in page: counted over everything, gone through in order, and opened where it is folded away."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.model import Breadcrumb, Event, Frame
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, failure, make_detail, make_event
from ui.detail.page.finder import Finder


@pytest.fixture
def finder(page: ReadPage) -> Finder:
    return Finder(page)


@pytest.fixture
def search(page: ReadPage, finder: Finder, qtbot: QtBot) -> Callable[[Event, str], int]:
    """Shows an event, looks for a text, and returns how often it is found."""

    def run(event: Event, text: str) -> int:
        page.show()
        page.open(make_detail(event))
        finder.find(text)
        qtbot.waitUntil(lambda: finder.is_done)
        return finder.position()[1]

    return run


Search = Callable[[Event, str], int]
LONG = "long " * 80


def current_text(page: ReadPage, finder: Finder) -> str:
    finder.select_current()
    return page.selected_text()


def test_steps_go_round_in_the_order_of_the_page(page: ReadPage, finder: Finder, search: Search) -> None:
    total = search(
        bare_event(title="one tea", extra={"a": "tea", "b": "Tea tea"}, tags={"t": "teapot"}), "tea"
    )
    assert total >= 5
    seen = [finder.position()[0]]
    for _ in range(total):
        finder.step(1)
        seen.append(finder.position()[0])
    assert seen == [*range(1, total + 1), 1]
    finder.step(-1)
    assert finder.position() == (total, total)
    finder.step(-1)
    assert finder.position() == (total - 1, total)
    assert current_text(page, finder).lower() == "tea"


def test_the_first_match_below_the_top_of_the_view_is_gone_to(
    page: ReadPage, finder: Finder, search: Search, qtbot: QtBot
) -> None:
    search(bare_event(title="needle", extra={f"k{n}": "needle" for n in range(150)}), "")
    page.verticalScrollBar().setValue(1000)
    finder.find("needle")
    qtbot.waitUntil(lambda: finder.is_done)
    here, total = finder.position()
    assert 20 < here < total
    assert current_text(page, finder) == "needle"


@pytest.mark.parametrize(
    "fields",
    [
        {"modules": {"flask": "3.1", "needle": "1.0"}},
        {"contexts": {"runtime": {"deep": {"pad": LONG, "deeper": [LONG, {"needle": 1}]}}}},
        {"extra": {"basket": {"pad": LONG, "items": [{"pad": LONG, "inside": "needle"}]}}},
        {"extra": {f"k{n:03}": "needle" if n == 250 else "" for n in range(300)}},
        {"breadcrumbs": tuple(Breadcrumb(message="needle" if n == 3 else "x") for n in range(500))},
        {"message": "\n".join("needle" if n == 300 else f"line {n}" for n in range(350))},
        {
            "exceptions": (
                failure(
                    "Deep",
                    *(Frame(function="needle" if n == 40 else f"f{n}", in_app=False) for n in range(90)),
                    Frame(function="last", in_app=True),
                ),
            )
        },
        {
            "exceptions": (
                failure("E", Frame(function="f", vars={"a": {"pad": LONG, "b": "needle"}}, in_app=False)),
            )
        },
        {
            "exceptions": (
                failure(
                    "E",
                    *(Frame(function=f"f{n}", vars={"needle": 1} if n == 2 else {"x": 1}) for n in range(20)),
                ),
            )
        },
    ],
)
def test_what_is_folded_away_is_counted_and_opened(
    page: ReadPage, finder: Finder, search: Search, qtbot: QtBot, fields: dict[str, Any]
) -> None:
    assert "needle" not in page.open(make_detail(bare_event(**fields))).text()
    assert search(bare_event(**fields), "needle") == 1
    finder.step(1)
    qtbot.waitUntil(lambda: finder.is_done and current_text(page, finder) == "needle")
    assert finder.position()[0] >= 1
    top = page.verticalScrollBar().value()
    assert finder.current is not None
    index = page.stacking.find(finder.current.place)
    assert index is not None
    assert top <= page.stacking.tops[index + 1]
    assert page.stacking.tops[index] <= top + page.viewport().height()


def test_the_raw_report_is_searched_where_it_is_folded(page: ReadPage, finder: Finder, qtbot: QtBot) -> None:
    page.show()
    page.open(make_detail(bare_event(), raw_body=b'{"a": {"only": "needle"}}', raw_head=""))
    finder.find("needle")
    qtbot.waitUntil(lambda: finder.is_done)
    assert finder.position()[1] == 1
    finder.step(1)
    qtbot.waitUntil(lambda: finder.is_done and current_text(page, finder) == "needle")


def test_another_event_is_searched_anew(page: ReadPage, finder: Finder, search: Search, qtbot: QtBot) -> None:
    assert search(bare_event(title="needle"), "needle") == 1
    page.open(make_detail(bare_event(title="needle needle", extra={"needle": 1})))
    qtbot.waitUntil(lambda: finder.is_done and finder.position()[1] == 3)


def test_nothing_is_highlighted_once_nothing_is_looked_for(
    page: ReadPage, finder: Finder, search: Search
) -> None:
    search(make_event(), "payment")
    highlighted = [page for index in range(len(page.stacking.rows)) if finder.parts_in(index)[0]]
    assert highlighted
    page.grab()
    finder.find("")
    assert not [1 for index in range(len(page.stacking.rows)) if finder.parts_in(index)[0]]
    assert not finder.is_active


def test_a_long_page_is_searched_in_slices_and_remembers_no_layout(
    page: ReadPage, finder: Finder, qtbot: QtBot
) -> None:
    page.show()
    page.open(make_detail(bare_event(extra={f"k{n}": "x" for n in range(200)})))
    for row in page.stacking.rows:
        row._sheet = None
    finder.find("nowhere")
    assert not finder.is_done
    qtbot.waitUntil(lambda: finder.is_done)
    assert finder.position() == (0, 0)
    assert not [row for row in page.stacking.rows if row._sheet is not None][60:]


def test_rows_that_have_just_changed_are_searched_when_they_are_gone_to(
    page: ReadPage, finder: Finder, search: Search
) -> None:
    total = search(bare_event(title="needle", extra={"a": "needle"}), "needle")
    for section in page.sections:
        page.rebuild(section)
    for _ in range(3):
        finder.step(1)
        for section in page.sections:
            page.rebuild(section)
    assert finder.position()[1] <= total
