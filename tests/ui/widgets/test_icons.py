"""Icons: every meaning has one, in the requested colour."""

import pytest
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets import icons
from ui.widgets.icons import MEANINGS


@pytest.mark.parametrize("meaning", sorted(MEANINGS))
def test_every_meaning_has_an_icon(meaning: str, qtbot: QtBot) -> None:
    image = icons.icon(meaning).pixmap(32, 32).toImage()
    assert any(image.pixelColor(x, y).alpha() > 128 for x in range(32) for y in range(32))


def test_icons_take_the_colour_of_the_theme(dressed: Theme) -> None:
    image = icons.icon("resolve").pixmap(64, 64).toImage()
    strongest = max(
        (image.pixelColor(x, y) for x in range(64) for y in range(64)), key=lambda colour: colour.alpha()
    )
    assert strongest.name() == dressed.text_muted.name()


def test_an_unknown_meaning_is_a_bug(qtbot: QtBot) -> None:
    with pytest.raises(KeyError):
        icons.icon("no such thing")
