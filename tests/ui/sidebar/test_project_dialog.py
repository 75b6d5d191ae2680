"""The dialog of a project: what it shows, what it takes, what it refuses."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.store.places import project_acts
from app.store.places.project_acts import ProjectLook
from ui.sidebar import project_dialog as module
from ui.sidebar.project_actions import ProjectWish
from ui.sidebar.project_dialog import ProjectDialog, Swatch
from ui.theme import Theme


def opened(qtbot: QtBot, **look: object) -> ProjectDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    found = ProjectLook(**({"id": 1, "name": "shop", "shown": "shop"} | look))  # type: ignore[arg-type]
    dialog = ProjectDialog(found, ["till"], ["api"], parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.parent_kept = parent  # type: ignore[attr-defined]
    dialog.open()
    return dialog


def test_it_says_what_was_chosen(qtbot: QtBot, dressed: Theme) -> None:
    dialog = opened(qtbot, colour="series_1", icon="S", hidden=True)
    assert dialog.wish == ProjectWish(name="shop", colour="series_1", sign="S", hidden=True)
    assert "shop, till" in dialog.remark.text()
    dialog.name.setText(" Store ")
    dialog.sign.clear()
    dialog.hidden.setChecked(False)
    last = dialog.colours.buttons()[-1]
    assert isinstance(last, Swatch)
    QTest.keyClick(last, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.wished) as wished:
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert wished.args == [ProjectWish(name="Store", colour="series_3")]
    dialog.grab()


def test_a_name_that_another_project_has_cannot_be_saved(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    for name, is_good in (("api", False), ("  ", False), ("apis", True)):
        dialog.name.setText(name)
        assert dialog.done_button.isEnabled() == is_good
    dialog.name.setText("api")
    assert "can be merged" in dialog.remark.text()


def test_its_limits_are_those_of_the_store() -> None:

    assert (module.LONGEST_NAME, module.LONGEST_SIGN) == (
        project_acts.LONGEST_NAME,
        project_acts.LONGEST_ICON,
    )
