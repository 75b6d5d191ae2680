"""Resolving at a commit, from the menu to the store."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.model import Event, Issue, IssueState
from app.preferences import Preferences
from app.store.inbox.lists import issues
from tests.factories import Store
from tests.git.a_repository import CART, ARepository, event_at
from ui.fixes.controller import FixController
from ui.issues.actions import IssueActions
from ui.issues.question_dialog import QuestionDialog
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.undo import UndoStack


class Bench:
    """A controller over a window, an issue in the store, and the repository of its file."""

    def __init__(self, folder: Path, store: Store, undo: UndoStack, *links: object) -> None:
        access, background, chosen = links
        assert isinstance(access, StoreAccess)
        assert isinstance(background, Background)
        assert isinstance(chosen, PreferencesAccess)
        self.shop = ARepository(folder / "shop")
        self.file = self.shop.write("cart.py", *CART)
        self.event: Event = event_at(self.file, 3, release="1.0")
        self.store, self.undo, self.chosen = store, undo, chosen
        self.said: list[str] = []
        self.window = QWidget()
        store.file(self.event)
        actions = IssueActions(access, undo, self.window)
        self.controller = FixController(actions, access, background, chosen, self.said.append, self.window)
        chosen.chosen = Preferences(source_roots=(str(self.shop.root),))

    def ask(self) -> None:
        self.controller.resolve_at([1], self.event, QPoint())

    def menus(self) -> list[QMenu]:
        return [menu for menu in self.window.findChildren(QMenu) if menu.isVisible()]

    def issue(self) -> Issue:
        found = self.store.read(issues.get, 1)
        assert found is not None
        return found


@pytest.fixture
def bench(
    qtbot: QtBot,
    tmp_path: Path,
    store: Store,
    undo: UndoStack,
    access: StoreAccess,
    background: Background,
    chosen: PreferencesAccess,
) -> Bench:
    made = Bench(tmp_path, store, undo, access, background, chosen)
    qtbot.addWidget(made.window)
    made.window.show()
    return made


def test_the_last_commits_are_offered_and_one_resolves(bench: Bench, qtbot: QtBot) -> None:
    first = bench.shop.commit("First & more")
    bench.shop.write("cart.py", "fixed")
    bench.shop.commit("Fix it")
    bench.ask()
    qtbot.waitUntil(lambda: len(bench.menus()) == 1)
    newest, older, _line, _another = bench.menus()[0].actions()
    assert "Fix it" in newest.text()
    assert "First && more" in older.text()
    older.trigger()
    qtbot.waitUntil(lambda: bench.issue().state is IssueState.RESOLVED)
    assert bench.issue().resolved_commit == first
    bench.undo.undo()
    qtbot.waitUntil(lambda: bench.issue().state is IssueState.OPEN)
    assert bench.issue().resolved_commit is None


def test_another_commit_can_be_named(bench: Bench, qtbot: QtBot) -> None:
    first = bench.shop.commit("First")
    bench.shop.git("tag", "v1")
    bench.shop.write("cart.py", "not committed")
    bench.ask()
    qtbot.waitUntil(lambda: len(bench.menus()) == 1)
    note, *_rest, another = bench.menus()[0].actions()
    assert (note.text(), note.isEnabled()) == ("Not committed yet: cart.py", False)
    another.trigger()
    dialog = bench.window.findChild(QuestionDialog)
    assert dialog is not None
    dialog.answered.emit("none")
    qtbot.waitUntil(lambda: len(bench.said) == 1)
    assert bench.said[0].startswith("There is no commit none in ")
    dialog.answered.emit("v1")
    qtbot.waitUntil(lambda: bench.issue().resolved_commit == first)


def test_why_there_is_none_is_said(bench: Bench, qtbot: QtBot) -> None:
    bench.ask()
    qtbot.waitUntil(lambda: len(bench.said) == 1)
    assert bench.said[0].endswith("has no commit yet.")
    bench.chosen.chosen = Preferences()
    bench.ask()
    qtbot.waitUntil(lambda: len(bench.said) == 2)
    assert "no folder that you have confirmed" in bench.said[1]
