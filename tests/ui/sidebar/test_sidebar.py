"""The sidebar: its places and their numbers."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.store.inbox.issues import View
from app.store.places.place_counts import Counts, ProjectCount
from ui.places import Page, Place
from ui.sidebar.model import ENTRY, SidebarModel
from ui.sidebar.sidebar import Sidebar
from ui.theme import Theme

NONE = dict.fromkeys(View, 0)


def labels(model: SidebarModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def numbers(model: SidebarModel) -> dict[str, int]:
    entries = [model.index(row).data(ENTRY) for row in range(model.rowCount())]
    return {entry.label: entry.number for entry in entries}


def counts(*projects: tuple[str, int, int], **views: int) -> Counts:
    return Counts(
        NONE | {View(name): number for name, number in views.items()},
        tuple(ProjectCount(*p) for p in projects),
    )


def test_with_very_many_projects_the_sidebar_shows_how_to_find_the_others(
    checked: Callable[[QAbstractItemModel], QAbstractItemModel],
) -> None:
    model = SidebarModel()
    checked(model)
    many = Counts(NONE, (ProjectCount("api", 1, 1), ProjectCount("shop", 5, 2)), 77_950)
    here = Place("inbox", "of old")
    model.update_counts(many, 0, here)
    assert labels(model)[7:] == ["Projects", "api", "shop", "of old", "77,950 more: project:NAME"]
    assert model.row_of(here) == 10
    assert not model.flags(model.index(11)) & Qt.ItemFlag.ItemIsSelectable
    model.update_counts(many, 0, Place("inbox", "api"))
    assert labels(model)[7:] == ["Projects", "api", "shop", "77,950 more: project:NAME"]


def test_numbers_and_projects_come_and_go_without_a_reset(
    checked: Callable[[QAbstractItemModel], QAbstractItemModel], qtbot: QtBot
) -> None:
    model = SidebarModel()
    checked(model)
    views = ["Inbox", "Unread", "Resolved", "Muted", "Everything", "Queue", "Doctor"]
    assert labels(model) == views
    with qtbot.assertNotEmitted(model.modelReset):
        model.update_counts(counts(("shop", 5, 2), inbox=5, unread=2), 3)
        assert labels(model) == [*views, "Projects", "shop"]
        assert numbers(model) == {
            "Inbox": 5, "Unread": 2, "Resolved": 0, "Muted": 0, "Everything": 0, "Queue": 3,
            "Doctor": 0, "Projects": 0, "shop": 2,
        }  # fmt: skip
        model.update_counts(counts(("api", 1, 1), ("shop", 5, 0), ("web", 2, 1)), 0)
        assert labels(model)[7:] == ["Projects", "api", "shop", "web"]
        model.update_counts(counts(("web", 2, 1)), 0)
        assert labels(model)[7:] == ["Projects", "web"]
        model.update_counts(counts(), 0)
        assert labels(model) == views


def test_a_project_may_have_the_name_of_a_view(qtbot: QtBot) -> None:
    model = SidebarModel()
    model.update_counts(counts(("Inbox", 1, 1), ("Projects", 1, 1), ("Queue", 1, 1)), 0)
    assert labels(model)[7:] == ["Projects", "Inbox", "Projects", "Queue"]
    assert model.row_of(Place("inbox", "Queue")) == 10
    assert model.row_of(Page.QUEUE) == 5
    assert model.row_of(Page.DOCTOR) == 6
    assert model.row_of(Place("inbox", "no such project")) is None


def test_choosing_by_key_and_by_name(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.show()
    sidebar.model.update_counts(counts(("shop", 5, 2)), 0)
    with qtbot.waitSignal(sidebar.place_chosen) as chosen:
        QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    assert chosen.args == [Place("unread")]
    with qtbot.waitSignal(sidebar.place_chosen) as chosen:
        sidebar.go_to(Page.QUEUE)
    assert chosen.args == [Page.QUEUE]
    with qtbot.waitSignal(sidebar.place_chosen) as chosen:
        QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    assert chosen.args == [Page.DOCTOR]
    with qtbot.waitSignal(sidebar.place_chosen) as chosen:
        QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    assert chosen.args == [Place("inbox", "shop")], "the heading is stepped over"
    QTest.keyClick(sidebar.list, Qt.Key.Key_End)


def test_the_accessible_text_of_a_place(qtbot: QtBot) -> None:
    model = SidebarModel()
    model.update_counts(counts(("shop", 5, 2), inbox=1), 3)
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert spoken[0] == "Inbox, 1 issue"
    assert spoken[5:] == ["Queue, 3 reports", "Doctor", "Projects", "shop, 2 issues"]


def test_the_foot_button_opens_the_connect_dialog(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    with qtbot.waitSignal(sidebar.connect_requested):
        QTest.keyClick(sidebar.connect_button, Qt.Key.Key_Space)


def test_the_chosen_project_stays_chosen_when_projects_are_added(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.model.update_counts(counts(("shop", 5, 2)), 0)
    sidebar.go_to(Place("inbox", "shop"))
    with qtbot.assertNotEmitted(sidebar.place_chosen):
        sidebar.model.update_counts(counts(("api", 1, 1), ("shop", 6, 3)), 0)
    assert sidebar.list.currentIndex().data() == "shop"


@pytest.mark.parametrize("name", ["shop", "x" * 300, "", "☃"])
def test_it_is_painted_in_both_themes(name: str, dressed: Theme, qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(216, 600)
    sidebar.model.update_counts(counts((name, 5, 2), inbox=123_456), 1)
    assert sidebar.grab().toImage().pixelColor(2, 300) == dressed.sidebar
