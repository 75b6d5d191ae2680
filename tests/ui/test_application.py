"""The program as a whole: its keys open the connect dialog and the doctor, with the real engine."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import paths
from app.settings import Settings
from tests.editors.recorder import Recorder
from tests.factories import envelope
from ui.application import Application

PATIENCE_MS = 20_000
ROOT = Path(__file__).parents[2]
# What `main.py` and `run` do, without the engine, up to the first paint.
FIRST_PAINT = """
import sys
from pathlib import Path
import main
import ui
from app.settings import Settings

data_dir = Path(sys.argv[1])
ui.running_window.raise_it(data_dir)
ui.plain_import.restore()
from PySide6.QtWidgets import QApplication
qt = QApplication([])
made = ui.application.Application(Settings(data_dir=data_dir))
ui.application.appearance().follow(qt)
made.window.appeared.connect(qt.quit)
made.window.show()
qt.exec()
print(*sys.modules)
sys.stdout.flush()
made.background.stop()
"""
# What takes longer to load than the window takes to appear, or is hidden at first. Of a package with a lazy
# door the package itself may be there, but none of its modules.
LATE = (
    "sqlalchemy",
    "alembic",
    "PySide6.QtNetwork",
    "psutil",
    "pygments",
    "app.digest.",
    "app.editors.",
    "app.notifications.",
    "app.protocols.",
    "app.regrouping.",
    "app.source.",
    "app.store.",
    "ui.connect.",
    "ui.detail.",
    "ui.doctor.",
    "ui.editors.",
    "ui.fixes.",
    "ui.grouping.",
    "ui.notifications.",
    "ui.queue.",
)
EARLY = "app.store.errors"


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    """On a new store, with its engine."""
    application = Application(Settings(data_dir=tmp_path, port=0, spotlight=False))
    window = application.window
    window.show()
    window.activateWindow()
    with qtbot.waitSignal(application.engine.listening, timeout=PATIENCE_MS):
        application.start()
    qtbot.waitUntil(window.isActiveWindow)
    yield application
    with qtbot.waitSignal(application.ended, timeout=PATIENCE_MS):
        window.close()
    dialog = application.connect_controller.dialog
    assert dialog is None or not dialog.isVisible()
    # A dialog of it lives on, and the window with it: every theme that a later test applies would style both.
    for top in QApplication.topLevelWidgets():
        top.deleteLater()


def test_keys_before_the_pages_are_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    application = Application(Settings(data_dir=tmp_path, port=0))
    application.window.show()
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)
    QTest.keyClicks(application.window, "dr")
    application.background.stop()
    application.garbage.stop()
    application.window.hide()


def test_connect_and_doctor_open_by_key_and_the_caller_is_listed(running: Application, qtbot: QtBot) -> None:
    window = running.window
    QTest.keyClick(window, Qt.Key.Key_C)
    dialog = running.connect_controller.dialog
    assert dialog is not None
    assert dialog.address.text() == running.engine.url
    with qtbot.waitSignal(running.connect_controller.answered, timeout=PATIENCE_MS):
        dialog.send.click()
    assert "took the event" in dialog.message.text()
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.doctor.examined, timeout=PATIENCE_MS):
        QTest.keyClick(window, Qt.Key.Key_D)
    assert window.doctor.page.sheet.hasFocus(), "the arrows scroll what it found"
    qtbot.waitUntil(lambda: window.doctor.page.callers.list.rows.rowCount() == 1, timeout=PATIENCE_MS)
    assert "send-test" in window.doctor.page.callers.list.rows.index(0).data()
    with qtbot.waitSignal(window.doctor.examined, timeout=PATIENCE_MS):
        QTest.keyClick(window, Qt.Key.Key_R)


def test_engine_messages_from_before_the_window_was_connected_arrive(qtbot: QtBot, tmp_path: Path) -> None:
    application = Application(Settings(data_dir=tmp_path, port=0, spotlight=False))
    application.engine.launch()
    process = application.engine.findChild(QProcess)
    assert isinstance(process, QProcess)
    qtbot.waitUntil(lambda: process.bytesAvailable() > 0, timeout=PATIENCE_MS)
    application.start()
    qtbot.waitUntil(lambda: application.window.sidebar.address.dsn is not None, timeout=PATIENCE_MS)
    with qtbot.waitSignal(application.ended, timeout=PATIENCE_MS):
        application.window.close()


def test_slow_modules_are_not_loaded_before_the_window_is_shown(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded = set(ended.stdout.split())
    assert "ui.issues.pane" in loaded, "the window was built"
    assert [name for name in loaded if name.startswith(LATE)] == [EARLY]


def test_o_opens_the_selected_issue_in_the_editor(running: Application, qtbot: QtBot, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "bin", "editor")
    (tmp_path / "cart.py").write_text("1 / 0\n")
    running.preferences.change(source_roots=(str(tmp_path),), editor_command=str(recorder.program))
    frame = {"abs_path": str(tmp_path / "cart.py"), "lineno": 1, "in_app": True}
    failed = {"type": "KeyError", "value": "card", "stacktrace": {"frames": [frame]}}
    body = envelope("a" * 32, exception={"values": [failed]})
    urllib.request.urlopen(f"{running.engine.url}/api/1/envelope/?sentry_key=shop", body).close()
    rows = running.window.issues.view.model()
    qtbot.waitUntil(lambda: rows.rowCount() == 1 and running.detail is not None, timeout=PATIENCE_MS)
    assert running.detail is not None
    with qtbot.waitSignal(running.detail.shown, timeout=PATIENCE_MS):
        QTest.keyClick(running.window.issues.view, Qt.Key.Key_J)
    QTest.keyClick(running.window, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: recorder.was_called, timeout=PATIENCE_MS)
    assert recorder.arguments == [str(tmp_path / "cart.py").encode()]


def kill_engine(running: Application, qtbot: QtBot) -> None:
    """Kill the engine, and wait until the next one listens and what is read then has arrived."""
    process = running.engine.findChild(QProcess)
    assert isinstance(process, QProcess)
    with qtbot.waitSignal(running.engine.listening, timeout=PATIENCE_MS):
        process.kill()
    arrived: list[None] = []
    running.background.run(lambda: None, arrived.append)
    qtbot.waitUntil(lambda: bool(arrived), timeout=PATIENCE_MS)


def test_what_opening_an_event_needs_is_compiled_before_one_is_opened(
    running: Application, qtbot: QtBot
) -> None:
    urllib.request.urlopen(
        f"{running.engine.url}/api/1/envelope/?sentry_key=shop", envelope("a" * 32)
    ).close()
    rows = running.window.issues.view.model()
    qtbot.waitUntil(lambda: rows.rowCount() == 1 and running.detail is not None, timeout=PATIENCE_MS)
    kill_engine(running, qtbot)  # the store is opened again

    def statements() -> str:
        database = running.store._database
        compiled = None if database is None else database._engine._compiled_cache
        return "" if compiled is None else "".join(map(str, compiled.values()))

    qtbot.waitUntil(lambda: "FROM feedback" in statements(), timeout=PATIENCE_MS)


def test_acts_on_another_store_are_not_undone_in_this_one(
    running: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    running.notifier.open()
    dialog = running.notifier.dialog
    assert dialog is not None
    with qtbot.waitSignal(running.undo.acted, timeout=PATIENCE_MS):
        dialog.acts.add_channel("hook", "json://host")
    kill_engine(running, qtbot)
    assert running.undo.can_undo, "it is the same store"
    aside = tmp_path / "aside"
    aside.mkdir()
    for file in tmp_path.glob(f"{paths.DATABASE}*"):
        file.rename(aside / file.name)
    kill_engine(running, qtbot)
    qtbot.waitUntil(lambda: not running.undo.can_undo, timeout=PATIENCE_MS)


def test_intake_is_paused_and_resumed_and_the_engine_follows_its_settings(
    running: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    window, url = running.window, running.engine.url
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.intake is not None and window.intake.isVisible(), timeout=PATIENCE_MS)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{url}/api/1/envelope/?sentry_key=shop", envelope("a" * 32))
    assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "30")
    refused.value.close()
    assert window.intake is not None
    qtbot.waitUntil(lambda: "1 report turned away" in window.intake.sentence, timeout=PATIENCE_MS)  # type: ignore[union-attr]
    running.settings.file = tmp_path / "settings.toml"
    running.settings.locked = {}
    with qtbot.waitSignal(running.engine.listening, timeout=PATIENCE_MS):
        running.settings.change("mails", {"smtp_port": 0, "port": 0})
    qtbot.waitUntil(lambda: running.engine.pause is not None, timeout=PATIENCE_MS)
    assert window.notices.failure.isHidden(), "an engine that is renewed has not died"
    running.desktop.resume()
    qtbot.waitUntil(lambda: not window.intake.isVisible(), timeout=PATIENCE_MS)  # type: ignore[union-attr]
