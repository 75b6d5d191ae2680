"""What follows when the engine is there again, on the same store or another."""

import urllib.request
from pathlib import Path

from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from app import paths
from tests.factories import envelope
from tests.ui.program.conftest import PATIENCE_MS
from ui.application import Application


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
    running.controllers.notifier.open()
    dialog = running.controllers.notifier.dialog
    assert dialog is not None
    with qtbot.waitSignal(running.parts.undo.acted, timeout=PATIENCE_MS):
        dialog.acts.add_channel("hook", "json://host")
    kill_engine(running, qtbot)
    assert running.parts.undo.can_undo, "it is the same store"
    aside = tmp_path / "aside"
    aside.mkdir()
    for file in tmp_path.glob(f"{paths.DATABASE}*"):
        file.rename(aside / file.name)
    kill_engine(running, qtbot)
    qtbot.waitUntil(lambda: not running.parts.undo.can_undo, timeout=PATIENCE_MS)
