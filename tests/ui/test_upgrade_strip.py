"""The strip that shows how far the upgrade of the store is."""

from pytestqt.qtbot import QtBot

from app.engine.child_protocol import StoreUpgrading
from ui.upgrade_strip import UpgradeStrip


def test_the_bar_is_for_all_steps(qtbot: QtBot) -> None:
    strip = UpgradeStrip()
    qtbot.addWidget(strip)
    strip.show_progress(StoreUpgrading(2, 4, 40))
    assert strip.sentence.text() == "Updating the store: step 2 of 4, 40 %"
    assert (strip.bar.minimum(), strip.bar.value(), strip.bar.maximum()) == (0, 140, 400)
    assert strip.isVisible()
