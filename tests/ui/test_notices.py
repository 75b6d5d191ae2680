"""The window's messages, and the buttons for what to do about them."""

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.engine.child_protocol import StoreRestored
from ui.link.engine_link import EngineFailure
from ui.notices import Notices
from ui.theme import Theme


def button(notices: Notices, text: str) -> QPushButton:
    QApplication.processEvents()  # what a layout is given is shown a moment later
    buttons = notices.findChildren(QPushButton)
    (found,) = [each for each in buttons if each.text() == text and each.isVisible()]
    return found


def made(qtbot: QtBot) -> Notices:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.show()
    return notices


def test_a_taken_port_offers_the_free_one(qtbot: QtBot) -> None:
    notices = made(qtbot)
    notices.show_failure(EngineFailure("port-taken", "Port 1974 is taken by another program.", 1975))
    with qtbot.waitSignal(notices.port_chosen) as chosen:
        button(notices, "Use port 1975").click()
    assert chosen.args == [1975]
    with qtbot.waitSignal(notices.retry_requested):
        button(notices, "Try again").click()
    notices.clear_failure()
    assert not notices.failure.isVisible()


def test_a_crash_shows_the_last_stderr_on_demand(qtbot: QtBot) -> None:
    notices = made(qtbot)
    notices.show_failure(EngineFailure("crashed", "The engine keeps ending.", None, "Traceback …"))
    details = button(notices, "Details")
    details.click()
    assert notices.failure.details.isVisible()
    assert notices.failure.details.toPlainText() == "Traceback …"
    details.click()
    assert not notices.failure.details.isVisible()


def test_another_failure_replaces_the_last(qtbot: QtBot) -> None:
    notices = made(qtbot)
    notices.show_failure(EngineFailure("port-taken", "Port 1974 is taken.", 1975))
    notices.show_failure(EngineFailure("data-dir-locked", "Another Arecibo works there."))
    qtbot.waitUntil(lambda: len([b for b in notices.findChildren(QPushButton) if b.isVisible()]) == 1)


def test_notices_are_queued_and_not_repeated(qtbot: QtBot) -> None:
    notices = made(qtbot)
    for sentence in ("first", "second", "first"):
        notices.show_message(sentence)
    assert notices.notice.sentence == "first"
    button(notices, "Understood").click()
    assert notices.notice.sentence == "second"
    qtbot.waitUntil(lambda: len([b for b in notices.findChildren(QPushButton) if b.isVisible()]) == 1)
    button(notices, "Understood").click()
    assert not notices.notice.isVisible()


def test_it_is_painted_in_both_themes(dressed: Theme, qtbot: QtBot) -> None:
    notices = made(qtbot)
    notices.resize(700, 80)
    notices.show_failure(EngineFailure("port-taken", "word " * 200, 1975))
    assert notices.grab().toImage().pixelColor(2, 2) == dressed.code_line


def test_a_dead_engine_is_said_and_can_be_restarted_at_once(qtbot: QtBot) -> None:
    notices = made(qtbot)
    notices.show_death("Killed")
    assert "ended unexpectedly" in notices.failure.sentence
    button(notices, "Details").click()
    assert notices.failure.details.toPlainText() == "Killed"
    with qtbot.waitSignal(notices.retry_requested):
        button(notices, "Restart now").click()
    notices.clear_failure()
    assert notices.failure.isHidden()
    assert notices.recovered.sentence == "The engine ended unexpectedly, and runs again."
    button(notices, "Understood").click()
    assert notices.recovered.isHidden()


def test_a_restored_store_can_be_taken_back(qtbot: QtBot) -> None:
    notices = made(qtbot)
    notices.show_restored(StoreRestored("/b/arecibo daily.sqlite3", "/d/arecibo previous.sqlite3"))
    assert notices.restored.sentence == "arecibo daily.sqlite3 is the store now."
    with qtbot.waitSignal(notices.restore_requested) as requested:
        button(notices, "Undo").click()
    assert requested.args == ["/d/arecibo previous.sqlite3"]
    assert not notices.restored.isVisible()
