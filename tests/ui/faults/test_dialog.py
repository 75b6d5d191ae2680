"""The dialog of a fault: what is chosen is what is asked for."""

from pytestqt.qtbot import QtBot

from ui.faults.dialog import FaultDialog, FaultWish


def test_what_is_chosen(qtbot: QtBot) -> None:
    dialog = FaultDialog("")
    qtbot.addWidget(dialog)
    assert not dialog.done_button.isEnabled()
    dialog.project.setText(" shop ")
    assert not dialog.seconds.isEnabled()
    dialog.answer.setCurrentIndex(dialog.answer.findData("slow"))
    assert dialog.seconds.isEnabled()
    dialog.share.setValue(50)
    with qtbot.waitSignal(dialog.wished) as wished:
        dialog.done_button.click()
    assert wished.args == [FaultWish(project="shop", answer="slow", minutes=5, share=0.5, seconds=10.0)]
