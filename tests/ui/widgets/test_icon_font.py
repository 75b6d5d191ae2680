"""The font of the icons."""

from PySide6.QtWidgets import QApplication

from ui.widgets import icon_font
from ui.widgets.icons import MEANINGS


def test_it_is_made_once_and_knows_every_icon(qapp: QApplication) -> None:
    font = icon_font.phosphor()
    assert icon_font.phosphor() is font
    assert set(MEANINGS.values()) <= font.charmap["ph"].keys()
