"""The sidebar: its places are chosen by mouse, by key and by name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.store.places.place_counts import Counts, ProjectCount
from tests.ui.sidebar.places import NONE, counts
from ui.places import Page, Place
from ui.sidebar.sidebar import Sidebar
from ui.theme import Theme


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
    QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(sidebar.place_chosen) as chosen:
        QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    assert chosen.args == [Place("inbox", "shop")], "the heading is stepped over"
    assert sidebar.place == Place("inbox", "shop")


def test_all_places_have_names(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.model.update_counts(counts(("shop", 5, 2), hidden=(ProjectCount("noise", 1, 1, id=2),)), 0)
    names = [name for name, _place in sidebar.places()]
    assert names[:3] == ["Inbox", "Unread", "New today"]
    assert sidebar.places()[-1] == ("shop", Place("inbox", "shop"))


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


def test_a_chosen_project_that_is_renamed_is_shown_under_its_new_name(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.model.update_counts(Counts(NONE, (ProjectCount("shop", 1, 1, id=7),)), 0)
    sidebar.go_to(Place("inbox", "shop"))
    with qtbot.waitSignal(sidebar.place_chosen) as chosen:
        sidebar.model.update_counts(Counts(NONE, (ProjectCount("Store", 1, 1, id=7),)), 0)
    assert chosen.args == [Place("inbox", "Store")]


@pytest.mark.parametrize("name", ["shop", "x" * 300, "", "☃"])
def test_it_is_painted_in_both_themes(name: str, dressed: Theme, qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(216, 700)
    dress = ProjectCount("api", 1, 1, 9, "series_2", "🛒")
    shown = Counts(NONE, (ProjectCount(name, 5, 2), dress))
    sidebar.model.update_counts(shown, 1)
    assert sidebar.grab().toImage().pixelColor(2, 300) == dressed.sidebar
