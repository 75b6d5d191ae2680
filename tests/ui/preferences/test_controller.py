"""The preferences open once, and at the page that is wanted."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.controller import PreferencesController


def test_it_opens_one_dialog_and_closes_it(chosen: PreferencesAccess, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    controller = PreferencesController(window, chosen)
    controller.close()
    controller.open("Reading")
    dialog = controller.dialog
    assert dialog is not None
    assert dialog.isVisible()
    controller.open()
    assert controller.dialog is dialog
    controller.close()
    assert not dialog.isVisible()
