"""Fixtures for tests of the window: threads, the store as the window sees it, Qt's model tester."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.store.database import Database
from app.store.queue import report_queue
from app.store.queue.report_queue import ReportSetback
from tests.factories import Store
from tests.regrouping.shop import Shop
from tests.ui.undoing import sentence
from ui.commands.keymap import keymap
from ui.grouping.actions import GroupingActions
from ui.issues.actions import IssueActions
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.notifications.actions import NotificationActions
from ui.queue.actions import QueueActions
from ui.theme import DARK, LIGHT, Theme, appearance
from ui.undo import UndoStack

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# On a busy machine what is waited for may take long without being wrong.
PATIENCE_MS = 30_000
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    assert wait.__kwdefaults__ is not None
    wait.__kwdefaults__["timeout"] = PATIENCE_MS


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Python's collector must not run in a worker: see `ui.garbage`."""
    gc.disable()
    gc.freeze()
    yield
    # Deletion waits for an event loop: the next test would style and paint the widgets.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture(autouse=True)
def keys_are_those_of_the_table(qapp: QApplication) -> Iterator[None]:
    """What a test changes of the keys is gone after it."""
    yield
    keymap().use({})


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """Threads that have ended when the test ends."""
    threads = Background()
    yield threads
    threads.stop()


@pytest.fixture
def access(database: Database, background: Background) -> Iterator[StoreAccess]:
    """The window's access to the `database` of this test."""
    opened = StoreAccess(database.file.parent, background)
    yield opened
    background.stop()
    opened.close()


@pytest.fixture
def chosen(tmp_path: Path, background: Background) -> Iterator[PreferencesAccess]:
    """What the person of this test has chosen: nothing yet."""
    made = PreferencesAccess(tmp_path, background)
    yield made
    background.stop()


@pytest.fixture
def undo(access: StoreAccess) -> UndoStack:
    """The one undo of this test's window."""
    return UndoStack(access, access)


@pytest.fixture
def checked() -> Callable[[QAbstractItemModel], QAbstractItemModel]:
    """Puts Qt's tester on a model: it warns of every false announcement, and a warning fails the test."""
    testers = []

    def check(model: QAbstractItemModel) -> QAbstractItemModel:
        testers.append(QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning))
        return model

    return check


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def dressed(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot) -> Theme:
    """The application in the light and in the dark theme."""
    theme = request.param
    assert isinstance(theme, Theme)
    qapp.setStyle("Fusion")
    appearance().apply(qapp, theme)
    return theme


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    """Issues 1 to 9."""
    shop = Shop(database, tmp_path)
    for number in range(1, 10):
        assert shop.send(f"f{number}") == number
    return shop


@pytest.fixture
def of_issues(access: StoreAccess, undo: UndoStack) -> IssueActions:
    return IssueActions(access, undo, access)


@pytest.fixture
def of_grouping(access: StoreAccess, undo: UndoStack) -> GroupingActions:
    return GroupingActions(access, undo, access)


@pytest.fixture
def of_queue(access: StoreAccess, undo: UndoStack, store: Store, shop: Shop) -> QueueActions:
    """Reports 1 and 2 are dead."""
    for report_id in (1, 2):
        dead = ReportSetback(
            report_id=report_id, attempts=5, due_at=None, dead=True, error="x", traceback="x"
        )
        store.write(report_queue.set_back, dead)
    return QueueActions(access, undo, access)


@pytest.fixture
def of_notices(access: StoreAccess, undo: UndoStack) -> NotificationActions:
    return NotificationActions(access, undo, access)


@pytest.fixture
def do(undo: UndoStack, qtbot: QtBot) -> Callable[[Callable[[], object]], str]:
    """Runs an act; returns what the bar offers to undo then."""

    def done(act: Callable[[], object]) -> str:
        with qtbot.waitSignal(undo.acted) as acted:
            act()
        return sentence(acted)

    return done


@pytest.fixture
def back(undo: UndoStack, qtbot: QtBot) -> Callable[[], str]:
    """Undoes; returns what was undone."""

    def undone() -> str:
        with qtbot.waitSignal(undo.undone) as signal:
            undo.undo()
        return sentence(signal)

    return undone


@pytest.fixture
def refusal(undo: UndoStack, qtbot: QtBot) -> Callable[[Callable[[], object]], str]:
    """Tries an act that is refused; returns the reason."""

    def refused(act: Callable[[], object]) -> str:
        with qtbot.waitSignal(undo.message) as message:
            act()
        assert isinstance(message.args, list)
        return str(message.args[0])

    return refused
