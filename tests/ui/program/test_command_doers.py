"""What commands do in the whole window, by key."""

import urllib.request
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.editors.recorder import Recorder
from tests.factories import envelope
from tests.ui.program.conftest import PATIENCE_MS
from ui.application import Application


def test_connect_and_doctor_open_by_key_and_the_caller_is_listed(running: Application, qtbot: QtBot) -> None:
    window = running.window
    QTest.keyClick(window, Qt.Key.Key_C)
    dialog = running.controllers.connect_controller.dialog
    assert dialog is not None
    assert dialog.address.text() == running.engine.url
    with qtbot.waitSignal(running.controllers.connect_controller.answered, timeout=PATIENCE_MS):
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
