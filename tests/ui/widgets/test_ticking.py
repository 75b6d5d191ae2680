"""One clock for all."""

from pytestqt.qtbot import QtBot

from ui.widgets.ticking import TICK_MS, ticker


def test_there_is_one_and_it_ticks(qtbot: QtBot) -> None:
    assert ticker() is ticker()
    ticker().timer.setInterval(10)
    try:
        with qtbot.waitSignals([ticker().ticked] * 2):
            pass
    finally:
        ticker().timer.setInterval(TICK_MS)
