"""The controllers together, with a real engine."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import envelope
from tests.ui.program.conftest import PATIENCE_MS
from ui.application import Application


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
    running.controllers.settings.file = tmp_path / "settings.toml"
    running.controllers.settings.locked = {}
    with qtbot.waitSignal(running.engine.listening, timeout=PATIENCE_MS):
        running.controllers.settings.change("mails", {"smtp_port": 0, "port": 0})
    qtbot.waitUntil(lambda: running.engine.pause is not None, timeout=PATIENCE_MS)
    assert window.notices.failure.isHidden(), "an engine that is renewed has not died"
    running.controllers.desktop.resume()
    qtbot.waitUntil(lambda: not window.intake.isVisible(), timeout=PATIENCE_MS)  # type: ignore[union-attr]
