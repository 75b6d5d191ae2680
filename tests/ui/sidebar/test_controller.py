"""What a person does in the sidebar, from the menu to the store and back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.model import IssueState
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter
from app.store.places import project_acts, runs, saved_views
from app.store.places.saved_views import SavedView
from tests.factories import Store, make_event
from tests.runs_of_commands import make_run
from tests.ui.undoing import Back, state
from ui.issues.question_dialog import QuestionDialog
from ui.link.counters import Counters
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.places import INBOX, Place
from ui.sidebar.controller import SidebarController
from ui.sidebar.entries import SidebarEntry
from ui.sidebar.project_dialog import ProjectDialog
from ui.undo import UndoStack
from ui.wayfinder import Wayfinder

HERE = QPoint(40, 40)


@pytest.fixture
def window(store: Store, access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> MainWindow:
    """Two issues of shop, and one of api."""
    for function, project in (("a", "shop"), ("b", "shop"), ("c", "api")):
        store.file(make_event(function=function), project=project)
    made = MainWindow(access, undo, access.data_dir)
    qtbot.addWidget(made)
    made.show()
    made.issues.show_place(INBOX)
    qtbot.waitUntil(lambda: made.issues.model.rowCount() == 3)
    return made


@pytest.fixture
def controller(window: MainWindow, access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> SidebarController:
    made = SidebarController(window.sidebar, window.issues, access, undo, window)
    wayfinder, counters = Wayfinder(window, window), Counters(access, window)
    window.sidebar.place_chosen.connect(wayfinder.go_to)
    counters.changed.connect(wayfinder.show_numbers)
    counters.changed.connect(lambda numbers: made.take_views(numbers.saved))
    made.changed.connect(counters.ring)
    with qtbot.waitSignal(counters.changed):
        counters.ring()
    return made


def entry(window: MainWindow, label: str) -> SidebarEntry:
    return next(each for each in window.sidebar.model.entries if each.label == label)


def listed(window: MainWindow) -> list[str]:
    return [each.label for each in window.sidebar.model.entries]


def dialog_of(window: MainWindow, qtbot: QtBot, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)))
    return next(each for each in window.findChildren(kind) if each.isVisible())


def choose(window: MainWindow, qtbot: QtBot, open_menu: Callable[[], object], label: str) -> None:
    """Choose in the menu that `open_menu` opens."""
    open_menu()
    menu = dialog_of(window, qtbot, QMenu)
    assert isinstance(menu, QMenu)
    found = [action for action in menu.actions() if action.text().replace("&", "") == label]
    found[0].trigger()
    menu.close()


def answer(window: MainWindow, qtbot: QtBot, text: str) -> None:
    dialog = dialog_of(window, qtbot, QuestionDialog)
    assert isinstance(dialog, QuestionDialog)
    dialog.field.setText(text)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def test_a_search_is_saved_shown_changed_and_deleted(
    controller: SidebarController, window: MainWindow, store: Store, back: Back, qtbot: QtBot
) -> None:
    window.issues.search_for("function:a")
    controller.save_view()
    answer(window, qtbot, "Mine")
    qtbot.waitUntil(lambda: "Mine" in listed(window))
    place = entry(window, "Mine").place
    assert isinstance(place, Place)
    window.issues.search_for("")
    window.sidebar.go_to(place)
    assert window.issues.filter_bar.search.text() == "function:a"
    assert window.issues.feed.text == "function:a"
    window.issues.search_for("function:b")
    controller.save_view()
    qtbot.waitUntil(lambda: store.read(saved_views.listed)[0].text == "function:b")
    window.sidebar.go_to(INBOX)
    assert window.issues.filter_bar.search.text() == ""
    menu_of_view = lambda: controller.open_menu(entry(window, "Mine"), HERE)  # noqa: E731
    choose(window, qtbot, menu_of_view, "Rename …")
    answer(window, qtbot, "Ours")
    qtbot.waitUntil(lambda: "Ours" in listed(window))
    choose(window, qtbot, lambda: controller.open_menu(entry(window, "Ours"), HERE), "Delete")
    qtbot.waitUntil(lambda: "Ours" not in listed(window))
    back()
    qtbot.waitUntil(lambda: "Ours" in listed(window))


def test_views_are_moved_from_the_list(
    controller: SidebarController, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    for name in ("first", "second"):
        store.write(saved_views.add, SavedView(name=name))
    controller.changed.emit()
    qtbot.waitUntil(lambda: "second" in listed(window))
    window.sidebar.list.moved.emit(2, 0)
    qtbot.waitUntil(lambda: listed(window).index("second") < listed(window).index("first"))


def test_all_of_a_project_is_marked_as_read(
    controller: SidebarController, window: MainWindow, store: Store, back: Back, qtbot: QtBot, undo: UndoStack
) -> None:
    with qtbot.waitSignal(undo.acted):
        choose(window, qtbot, lambda: controller.open_menu(entry(window, "shop"), HERE), "Mark all as read")
    assert [each.unread for each in store.read(issues.page, IssueFilter(project="shop"))] == [False, False]
    assert store.read(issues.page, IssueFilter(project="api"))[0].unread
    assert back() == "2 issues marked as read"


def test_a_project_is_hidden_and_shown_again(
    controller: SidebarController, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    choose(window, qtbot, lambda: controller.open_menu(entry(window, "api"), HERE), "Hide")
    qtbot.waitUntil(lambda: "Hidden (1)" in listed(window) and "api" not in listed(window))
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 2)
    hidden = entry(window, "Hidden (1)")
    choose(window, qtbot, lambda: window.sidebar.list.opened.emit(hidden, HERE), "Show api again")
    qtbot.waitUntil(lambda: "api" in listed(window) and "Hidden (1)" not in listed(window))
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 3)


def test_a_project_is_renamed_while_it_is_shown(
    controller: SidebarController, window: MainWindow, store: Store, back: Back, qtbot: QtBot
) -> None:
    window.sidebar.go_to(Place("inbox", "api"))
    controller.rename(entry(window, "api"))
    dialog = dialog_of(window, qtbot, ProjectDialog)
    assert isinstance(dialog, ProjectDialog)
    dialog.name.setText("The API")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.sidebar.place == Place("inbox", "The API"))
    assert window.issues.feed.place == Place("inbox", "The API")
    assert window.sidebar.address.project == "api", "a client is pointed here by the name that it sends"
    back()
    qtbot.waitUntil(lambda: window.sidebar.place == Place("inbox", "api"))


def test_the_issues_of_a_project_are_deleted_from_the_menu(
    window: MainWindow, controller: SidebarController, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(controller.clear_requested) as asked:
        choose(
            window, qtbot, lambda: controller.open_menu(entry(window, "api"), HERE), "Delete all its issues"
        )
    assert asked.args == ["api"]


def test_projects_are_merged_from_the_menu(
    controller: SidebarController, window: MainWindow, store: Store, back: Back, qtbot: QtBot
) -> None:
    controller.open_menu(entry(window, "api"), HERE)
    menu = dialog_of(window, qtbot, QMenu)
    assert isinstance(menu, QMenu)
    under = [action.menu() for action in menu.actions() if action.menu() is not None]
    assert isinstance(under[0], QMenu)
    under[0].actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: "api" not in listed(window))
    assert len(store.read(issues.page, IssueFilter(project="shop"))) == 3
    assert back() == "Project api merged into shop"
    assert [each.shown for each in store.read(project_acts.listed)] == ["api", "shop"]


def test_what_is_dropped_on_a_view(
    controller: SidebarController, window: MainWindow, store: Store, back: Back, undo: UndoStack, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(undo.acted):
        controller.drop(Place("resolved"), [1, 2], HERE)
    assert state(store, 1) is IssueState.RESOLVED
    back()
    with qtbot.waitSignal(undo.acted):
        choose(window, qtbot, lambda: controller.drop(Place("muted"), [1], HERE), "Mute for ever")
    assert state(store, 1) is IssueState.MUTED
    with qtbot.waitSignal(undo.acted):
        controller.drop(INBOX, [1], HERE)
    assert state(store, 1) is IssueState.OPEN


def test_a_run_has_a_menu_and_is_forgotten_by_a_key(
    controller: SidebarController, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    for _ in range(2):
        store.write(runs.begin, make_run(host="elsewhere"))
    controller.changed.emit()
    qtbot.waitUntil(lambda: listed(window).count("pytest -q") == 2)
    run = entry(window, "pytest -q")
    assert run.id == 2
    for signal, label in (
        (controller.new_in_run_requested, "New against the run before"),
        (controller.forget_run_requested, "Forget the run"),
    ):
        with qtbot.waitSignal(signal) as asked:
            choose(window, qtbot, lambda: controller.open_menu(run, HERE), label)
        assert asked.args == [run]
    choose(window, qtbot, lambda: controller.open_menu(run, HERE), "Copy the command")
    assert QGuiApplication.clipboard().text() == "pytest -q"
    assert run.place is not None
    window.sidebar.go_to(run.place)
    assert window.issues.feed.text == "run:2"
    with qtbot.waitSignal(controller.forget_run_requested):
        QTest.keyClick(window.sidebar.list, Qt.Key.Key_Delete)
    every = entry(window, "All runs (2) …")
    with qtbot.waitSignal(controller.runs_requested):
        controller.open_menu(every, HERE)
    row = [each.label for each in window.sidebar.model.entries].index(every.label)
    with qtbot.waitSignal(controller.runs_requested):
        window.sidebar.list.clicked.emit(window.sidebar.model.index(row))
    assert window.issues.feed.text == "run:2", "the list of all is no place"
