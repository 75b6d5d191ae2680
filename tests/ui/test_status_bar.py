"""The line at the bottom: the engine's state, and what needs attention."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.engine.address import EngineAddresses
from app.engine.reach import Reach
from ui.link.engine_link import EngineState
from ui.status_bar import StatusBar
from ui.theme import appearance

URL = "http://127.0.0.1:4711"


def test_the_state_of_the_engine_is_shown(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    assert "Starting" in bar.state.text()
    bar.show_state(EngineState.LISTENING)
    assert bar.state.text() == "Listening"
    for state in (EngineState.RESTARTING, EngineState.FAILED, EngineState.STOPPED):
        bar.show_state(state)
        assert "engine" in bar.state.text()


def test_a_click_opens_the_queue(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_queue(1, 0)
    assert bar.queue.text() == "1 report waiting · 0 dead letters"
    bar.show_queue(1_200, 3)
    assert bar.queue.text() == "1,200 reports waiting · 3 dead letters"
    with qtbot.waitSignal(bar.queue_requested):
        bar.queue.click()


def test_missing_listeners_are_named(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_side_doors(EngineAddresses(url=URL, spotlight="http://127.0.0.1:8969"))
    assert not bar.side_doors.isVisible()
    bar.show_side_doors(
        EngineAddresses(url=URL, no_spotlight="port 8969 is taken", no_smtp="port 25 is taken")
    )
    assert bar.side_doors.text() == "· Spotlight is not heard, mails are not taken"
    assert "port 8969 is taken" in bar.side_doors.toolTip()
    with qtbot.waitSignal(bar.doctor_requested):
        bar.side_doors.click()
    bar.show_side_doors(None)
    assert not bar.side_doors.isVisible()


def test_without_room_for_everything_no_text_is_cut_off(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = StatusBar(window)
    bar.show_state(EngineState.LISTENING)
    bar.show_side_doors(EngineAddresses(url=URL, no_spotlight="port 8969 is taken"))
    bar.resize(900, bar.height())
    window.show()
    assert bar.side_doors.isVisible()
    bar.resize(340, bar.height())
    assert not bar.side_doors.isVisible()
    qtbot.waitUntil(lambda: bar.queue.width() >= bar.queue.sizeHint().width())
    bar.resize(900, bar.height())
    assert bar.side_doors.isVisible()


def test_the_reach_of_the_engine_is_shown(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_reach(Reach(urls=("http://10.0.0.2:1974",), needs_key=False))
    assert bar.reach.text() == "· anyone on this network can send"
    assert "http://10.0.0.2:1974" in bar.reach.toolTip()
    bar.show_reach(Reach(urls=(), needs_key=True))
    assert bar.reach.text() == "· known keys only"
    bar.show_reach(None)
    assert bar.reach.isHidden()


def test_a_channel_that_fails_is_named(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_failing(("rock & roll",))
    assert bar.failing.text() == "rock && roll takes no notices"
    bar.show_failing(("one", "two"))
    assert bar.failing.text() == "2 channels take no notices"
    bar.show_failing(())
    assert bar.failing.isHidden()


def test_another_number_keeps_the_size_of_its_text(qapp: QApplication, qtbot: QtBot) -> None:
    appearance().follow(qapp)
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    try:
        appearance().choose("system", 150, qapp)
        large = bar.queue.font().pixelSize()
        for dead in (0, 1, 2, 0):
            bar.show_queue(5, dead)
            assert bar.queue.font().pixelSize() == large == 18
    finally:
        appearance().choose("system", 100, qapp)
