"""The hint is over the window while files are."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.sharing.drop_hint import DropHint


def test_it_is_in_the_middle_while_files_are_over(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    hint = DropHint(window)
    hint.show_over(True)
    assert hint.isVisible()
    assert hint.geometry().center().x() in range(395, 405)
    hint.show_over(False)
    assert not hint.isVisible()
