"""Menus and dialogs before an act, over a window, on a real store."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.model import IssueState
from app.store.inbox.lists import issues
from app.store.inbox.triage import history
from tests.factories import Store, make_event
from ui.issues.actions import IssueActions
from ui.issues.note_dialog import NoteDialog
from ui.issues.prompts import Prompts
from ui.link.store_access import StoreAccess
from ui.undo import UndoStack


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def prompts(access: StoreAccess, undo: UndoStack, store: Store, window: QWidget) -> Prompts:
    """Prompts for one issue."""
    store.file(make_event())
    return Prompts(IssueActions(access, undo, window), window)


def state(store: Store) -> IssueState:
    issue = store.read(issues.get, 1)
    assert issue is not None
    return issue.state


def test_a_release_that_is_known_resolves_at_once(
    prompts: Prompts, window: QWidget, store: Store, qtbot: QtBot
) -> None:
    prompts.resolve_in([1], ["web & api@2"], QPoint())
    menu = window.findChild(QMenu, "ask-resolve")
    assert menu is not None
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: state(store) is IssueState.RESOLVED)
    assert store.read(history.timeline, 1)[0].release == "web & api@2"


def test_without_an_issue_or_a_release_nothing_is_asked(prompts: Prompts, window: QWidget) -> None:
    prompts.resolve_in([1], [], QPoint())
    prompts.mute([], QPoint())
    assert window.findChildren(QMenu) == []


def test_a_second_menu_takes_the_place_of_the_first(prompts: Prompts, window: QWidget, qtbot: QtBot) -> None:
    for _ in range(2):
        prompts.mute([1], QPoint())
    qtbot.waitUntil(lambda: len(window.findChildren(QMenu, "ask-mute")) == 1)


def test_a_note_is_written(prompts: Prompts, window: QWidget, store: Store, qtbot: QtBot) -> None:
    prompts.note(1, "KeyError")
    dialog = window.findChild(NoteDialog)
    assert dialog is not None
    dialog.text.setPlainText("known")
    dialog.save.click()
    qtbot.waitUntil(lambda: [line.text for line in store.read(history.timeline, 1)][:1] == ["known"])
