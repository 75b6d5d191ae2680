"""The editor is asked for once, by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.editors import opening
from app.editors.opening import ChosenEditor
from app.preferences import Preferences
from tests.ui.editors.test_editor_chooser import CODE, KATE
from ui.editors.choose_dialog import ChooseEditorDialog


def test_arrows_and_enter_choose_for_good_or_for_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chosen: list[tuple[ChosenEditor, dict[str, object]]] = []
    for always in (True, False):
        dialog = ChooseEditorDialog(
            "cart.py:3", lambda editor, fields: chosen.append((editor, fields)), window
        )
        dialog.show()
        QTest.keyClick(dialog.chooser.list, Qt.Key.Key_Return)
        assert dialog.isVisible(), "nothing is known yet"
        dialog.show_found([KATE, CODE], Preferences())
        dialog.always.setChecked(always)
        QTest.keyClick(dialog.chooser.list, Qt.Key.Key_Down)
        QTest.keyClick(dialog.chooser.list, Qt.Key.Key_Return)
        assert not dialog.isVisible()
    code = opening.of_found(CODE)
    assert chosen == [(code, {"editor": "code", "editor_command": ""}), (code, {})]


def test_escape_chooses_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chosen: list[object] = []
    dialog = ChooseEditorDialog("cart.py:3", lambda editor, fields: chosen.append(editor), window)
    dialog.show_found([KATE], Preferences())
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), chosen) == (False, [])
