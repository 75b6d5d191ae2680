"""The theme as the page sees it."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.theme import DARK, Theme, appearance


def test_colours_are_those_of_the_theme_in_force(dressed: Theme, qapp: QApplication) -> None:
    assert PageTheme().colour("text_muted") == dressed.text_muted


def test_an_unknown_token_raises_an_error(qapp: QApplication) -> None:
    with pytest.raises(AttributeError):
        PageTheme().colour("no_such_token")


def test_another_theme_is_announced_and_leaves_the_layouts_valid(qapp: QApplication, qtbot: QtBot) -> None:
    page_theme = PageTheme()
    before = page_theme.type_
    with qtbot.waitSignal(page_theme.changed):
        appearance().apply(qapp, DARK)
    assert page_theme.type_ is before, "the fonts are the same: nothing is laid out again"


def test_source_shows_no_ligatures(qapp: QApplication) -> None:
    code = PageTheme().type_.fonts[Font.CODE]
    assert {code.featureValue(QFont.Tag(feature)) for feature in ("calt", "liga")} == {0}
