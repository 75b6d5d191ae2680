"""The model of the sidebar under Qt's tester: nothing is reset, whatever comes, goes and moves."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.store.places.place_counts import Counts, ProjectCount
from app.store.places.saved_views import SavedView
from tests.ui.sidebar.places import NONE, VIEWS, counts
from ui.places import Page, Place
from ui.sidebar.entries import entries
from ui.sidebar.model import ENTRY, SidebarModel

Check = Callable[[QAbstractItemModel], QAbstractItemModel]


def labels(model: SidebarModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def numbers(model: SidebarModel) -> dict[str, int]:
    return {entry.label: entry.number for entry in model.entries}


def test_with_very_many_projects_the_sidebar_shows_how_to_find_the_others(checked: Check) -> None:
    model = SidebarModel()
    checked(model)
    many = Counts(NONE, (ProjectCount("api", 1, 1), ProjectCount("shop", 5, 2)), 77_950)
    here = Place("inbox", "of old")
    model.update_counts(many, 0, here)
    assert labels(model)[10:] == ["Projects", "api", "shop", "of old", "77,950 more: project:NAME"]
    assert model.row_of(here) == 13
    assert not model.flags(model.index(14)) & Qt.ItemFlag.ItemIsSelectable
    model.update_counts(many, 0, Place("inbox", "api"))
    assert labels(model)[10:] == ["Projects", "api", "shop", "77,950 more: project:NAME"]


def test_numbers_and_projects_come_and_go_without_a_reset(checked: Check, qtbot: QtBot) -> None:
    model = SidebarModel()
    checked(model)
    assert labels(model) == VIEWS
    with qtbot.assertNotEmitted(model.modelReset):
        model.update_counts(counts(("shop", 5, 2), inbox=5, unread=2), 3)
        assert labels(model) == [*VIEWS, "Projects", "shop"]
        assert {name: number for name, number in numbers(model).items() if number} == {
            "Inbox": 5, "Unread": 2, "Queue": 3, "shop": 2,
        }  # fmt: skip
        model.update_counts(counts(("api", 1, 1), ("shop", 5, 0), ("web", 2, 1)), 0)
        assert labels(model)[10:] == ["Projects", "api", "shop", "web"]
        model.update_counts(counts(("web", 2, 1)), 0)
        assert labels(model)[10:] == ["Projects", "web"]
        model.update_counts(counts(), 0)
        assert labels(model) == VIEWS


def test_a_project_may_have_the_name_of_a_view() -> None:
    model = SidebarModel()
    model.update_counts(counts(("Inbox", 1, 1), ("Projects", 1, 1), ("Queue", 1, 1)), 0)
    assert labels(model)[10:] == ["Projects", "Inbox", "Projects", "Queue"]
    assert model.row_of(Place("inbox", "Queue")) == 13
    assert model.row_of(Page.QUEUE) == 8
    assert model.row_of(Page.DOCTOR) == 9
    assert model.row_of(Place("inbox", "no such project")) is None


def test_a_renamed_project_stays_the_row_that_it_was(qtbot: QtBot) -> None:
    model = SidebarModel()
    model.update_counts(Counts(NONE, (ProjectCount("shop", 1, 1, id=7),)), 0)
    with qtbot.assertNotEmitted(model.rowsInserted), qtbot.waitSignal(model.dataChanged):
        model.update_counts(Counts(NONE, (ProjectCount("Store", 1, 1, id=7),)), 0)
    assert labels(model)[-1] == "Store"


def test_saved_views_move_and_get_their_numbers(checked: Check, qtbot: QtBot) -> None:
    model = SidebarModel()
    checked(model)
    views = [SavedView(id=number, name=name) for number, name in ((1, "a"), (2, "b"), (3, "c"))]
    model.update_counts(counts(), 0, None, views)
    with qtbot.waitSignal(model.rowsMoved), qtbot.assertNotEmitted(model.rowsRemoved):
        model.update_counts(counts(), 0, None, [views[2], *views[:2]])
    model.update_saved_numbers({1: 5, 2: None, 3: 1_001})
    assert labels(model)[10:] == ["Views", "c", "a", "b"]
    assert [entry.shown_number for entry in model.entries[11:]] == ["1k+", "5", ""]


def test_what_is_said_of_a_place() -> None:
    model = SidebarModel()
    model.update_counts(counts(("<b>shop</b>", 5, 2), inbox=1), 3)
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert spoken[0] == "Inbox, 1 unread issue"
    assert spoken[8:] == ["Queue, 3 reports", "Doctor", "Projects", "<b>shop</b>, 2 unread issues"]
    assert "&lt;b&gt;shop" in model.index(11).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(11).data(ENTRY).place == Place("inbox", "<b>shop</b>")
    assert model.index(10).data(Qt.ItemDataRole.ToolTipRole) is None


_PROJECT = st.builds(
    ProjectCount, st.sampled_from(["a", "b", "ü<x>"]), st.integers(0, 3), st.integers(0, 3), st.integers(1, 6)
)
_LISTS = st.lists(_PROJECT, max_size=5, unique_by=lambda each: each.id)
_VIEWS = st.lists(st.integers(1, 6), max_size=6, unique=True)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_LISTS, _LISTS, _VIEWS, st.integers(0, 2)), min_size=1, max_size=5))
def test_after_any_changes_it_has_the_rows_that_it_should(
    qapp: object, turns: list[tuple[list[ProjectCount], list[ProjectCount], list[int], int]]
) -> None:
    model = SidebarModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for projects, hidden, order, pinned in turns:
        given_counts = counts(hidden=tuple(hidden), pinned=pinned)
        given_counts = Counts(given_counts.views, tuple(projects), 0, given_counts.unread, tuple(hidden))
        saved = [SavedView(id=number, name=f"view {number}") for number in order]
        model.update_counts(given_counts, pinned, None, saved)
        assert list(model.entries) == entries(given_counts, pinned, None, saved)
    del tester
