"""What tests of the window may ask for: threads, the store as the window sees it, Qt's model tester."""

import gc
import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.store.database import Database
from ui.link.background import Background
from ui.link.store_access import StoreAccess
from ui.theme import DARK, LIGHT, Theme, appearance
from ui.undo import UndoStack

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Python's collector must not run in a worker: see `ui.garbage`."""
    gc.disable()
    gc.freeze()
    yield
    # What is to be deleted waits for an event loop: the next test would have it dressed and painted again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """Threads that have ended when the test has."""
    threads = Background()
    yield threads
    threads.stop()


@pytest.fixture
def access(database: Database, background: Background) -> Iterator[StoreAccess]:
    """The window's way to the `database` of this test."""
    opened = StoreAccess(database.file.parent, background)
    yield opened
    background.stop()
    opened.close()


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
    """The application in one theme, and then in the other."""
    theme = request.param
    assert isinstance(theme, Theme)
    qapp.setStyle("Fusion")
    appearance().apply(qapp, theme)
    return theme
