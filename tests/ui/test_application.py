"""The program as a whole: its keys open the connect dialog and the doctor, with the real engine."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.settings import Settings
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


def test_keys_before_the_pages_are_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    application = Application(Settings(data_dir=tmp_path, port=0))
    application.window.show()
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)
    QTest.keyClicks(application.window, "dr")
    application.background.stop()
    application.garbage.stop()
    application.window.hide()


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
