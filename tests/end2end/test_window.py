"""The window with mouse and keyboard, the real engine as its child, and a real client."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app import paths
from app.dsn import dsn
from app.model import IssueState
from app.settings import Settings
from app.store.database import open_existing
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.queue import queue_overview, report_queue
from app.store.queue.report_queue import ReportSetback
from tests.end2end.engine_process import PATIENCE_SECONDS
from tests.factories import append, make_report
from ui.application import Application
from ui.places import Page
from ui.queue.snapshot import Tab

APPS = Path(__file__).parent / "apps"
PATIENCE_MS = int(PATIENCE_SECONDS * 1000)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    """The whole application on a new store, listening; it and its engine must end cleanly."""
    application = Application(Settings(data_dir=tmp_path, port=0))
    application.window.show()
    with qtbot.waitSignal(application.engine.listening, timeout=PATIENCE_MS):
        application.start()
    engine = engine_process()
    yield application
    with qtbot.waitSignal(application.ended, timeout=PATIENCE_MS):
        application.window.close()
    assert not engine.is_running()
    # A test of the window that runs later in this process would style it again with every theme.
    for top in QApplication.topLevelWidgets():
        top.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def engine_process() -> psutil.Process:
    children = psutil.Process().children()
    # Other tests leave engines of their own running, which are no window's children.
    (engine,) = [child for child in children if "--child" in child.cmdline()]
    return engine


def fail(window: Application, way: str, qtbot: QtBot) -> None:
    """Run the app with the real SDK, and wait until the list has changed."""
    with qtbot.waitSignal(window.window.issues.feed.changed, timeout=PATIENCE_MS):
        subprocess.run(
            [sys.executable, APPS / "failing_script.py", way],
            env={"SENTRY_DSN": dsn(window.engine.url or "", "shop")},
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )


def click_first_row(window: Application, qtbot: QtBot) -> None:
    view = window.window.issues.view
    qtbot.waitUntil(lambda: view.isVisible() and view.model().rowCount() > 0, timeout=PATIENCE_MS)
    place = view.visualRect(view.model().index(0, 0)).topLeft() + QPoint(40, 12)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_error_appears_and_a_click_shows_its_details(window: Application, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.window.empty.isVisible, timeout=PATIENCE_MS)
    fail(window, "unhandled", qtbot)
    qtbot.waitUntil(lambda: not window.window.empty.isVisible(), timeout=PATIENCE_MS)
    assert window.detail is not None
    with qtbot.waitSignal(window.detail.shown, timeout=PATIENCE_MS):
        click_first_row(window, qtbot)
    shown = window.detail.detail
    assert shown is not None
    assert shown.event.title == "PaymentError: payment failed for order 42"
    written = window.detail.page.text()
    for expected in ("charge_card", 'return (order["card"], amount)', "KeyError", "shop@1.2.3"):
        assert expected in written


def test_a_second_error_waits_until_its_issue_may_move_up_and_preserves_the_selection(
    window: Application, qtbot: QtBot
) -> None:
    fail(window, "message", qtbot)
    fail(window, "log", qtbot)
    view = window.window.issues.view
    click_first_row(window, qtbot)
    selected = view.current_id()
    fail(window, "message", qtbot)
    qtbot.waitUntil(window.window.issues.pill.isVisible, timeout=PATIENCE_MS)
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: view.model().index(0, 0).data() == "the cart is empty", timeout=PATIENCE_MS)
    assert view.current_id() == selected
    assert view.currentIndex().row() == 1


def test_resolve_by_key_and_undo(window: Application, qtbot: QtBot, tmp_path: Path) -> None:
    fail(window, "unhandled", qtbot)
    click_first_row(window, qtbot)
    model = window.window.issues.view.model()
    QTest.keyClick(window.window.issues.view, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: model.rowCount() == 0, timeout=PATIENCE_MS)
    assert states(tmp_path) == [IssueState.RESOLVED]
    QTest.keyClick(window.window.issues.view, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=PATIENCE_MS)
    assert states(tmp_path) == [IssueState.OPEN]


def test_errors_of_the_new_store_appear_after_the_old_one_was_removed(
    window: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    for way in ("message", "log", "unhandled"):
        fail(window, way, qtbot)
    model = window.window.issues.view.model()
    qtbot.waitUntil(lambda: model.rowCount() == 3, timeout=PATIENCE_MS)
    for file in tmp_path.glob(f"{paths.DATABASE}*"):
        file.unlink()
    banner = window.window.notices.store
    qtbot.waitUntil(banner.isVisible, timeout=PATIENCE_MS)
    (begin,) = [button for button in banner.findChildren(QPushButton) if button.text() == "Begin a new store"]
    with qtbot.waitSignal(window.engine.listening, timeout=PATIENCE_MS):
        begin.click()
    qtbot.waitUntil(lambda: model.rowCount() == 0, timeout=PATIENCE_MS)
    fail(window, "message", qtbot)
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=PATIENCE_MS)
    assert not banner.isVisible()


def test_dead_letter_is_discarded_restored_and_retried_by_key(
    window: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    database = open_existing(tmp_path)
    append(database, make_report(1))
    with database.writing() as connection:
        dead = ReportSetback(
            report_id=1, attempts=5, due_at=None, dead=True, error="KeyError: 'x'", traceback="…"
        )
        report_queue.set_back(connection, dead)
        report_queue.advance(connection, 1)
    view = window.window.queue
    window.window.sidebar.go_to(Page.QUEUE)
    view.show_tab(Tab.DEAD)
    rows = view.list.rows
    qtbot.waitUntil(lambda: rows.rowCount() == 1, timeout=PATIENCE_MS)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rows.rowCount() == 0, timeout=PATIENCE_MS)
    assert window.window.undo_bar.isVisible()
    QTest.keyClick(view, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: rows.rowCount() == 1, timeout=PATIENCE_MS)
    QTest.keyClick(view, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: rows.rowCount() == 0, timeout=PATIENCE_MS)

    def events() -> int:
        with database.reading() as connection:
            return queue_overview.status(connection).events

    qtbot.waitUntil(lambda: events() == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: view.numbers.pending.value.text() == "0", timeout=PATIENCE_MS)
    database.close()


def states(data_dir: Path) -> list[IssueState]:
    database = open_existing(data_dir)
    with database.reading() as connection:
        found = [issue.state for issue in issues.page(connection, IssueFilter(View.EVERYTHING))]
    database.close()
    return found


def test_killed_engine_is_restarted_by_the_window(window: Application, qtbot: QtBot) -> None:
    fail(window, "message", qtbot)
    with qtbot.waitSignal(window.engine.listening, timeout=PATIENCE_MS):
        engine_process().kill()
    fail(window, "log", qtbot)
    qtbot.waitUntil(lambda: window.window.issues.view.model().rowCount() == 2, timeout=PATIENCE_MS)


def test_a_test_error_can_be_sent_from_the_empty_window(window: Application, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.window.empty.isVisible, timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.window.issues.feed.changed, timeout=PATIENCE_MS):
        window.window.empty.test_requested.emit()
    click_first_row(window, qtbot)
    assert "TestError" in window.window.issues.view.currentIndex().data()
