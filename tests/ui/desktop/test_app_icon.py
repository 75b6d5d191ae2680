"""The icon in all sizes, and the number in it."""

import pytest
from pytestqt.qtbot import QtBot

from ui.desktop.app_icon import TRAY_SIZES, WINDOW_SIZES, count_text, tray_icon, window_icon


@pytest.mark.parametrize(("unread", "text"), [(0, ""), (1, "1"), (99, "99"), (100, "99+"), (12_345, "99+")])
def test_a_large_number_is_cut(unread: int, text: str) -> None:
    assert count_text(unread) == text


def test_every_size_is_drawn(qtbot: QtBot) -> None:
    icon = window_icon()
    assert sorted(size.width() for size in icon.availableSizes()) == list(WINDOW_SIZES)
    assert icon.pixmap(64, 64).toImage().pixelColor(64 // 2, 10).alpha() == 255


def test_the_mark_changes_the_picture(qtbot: QtBot) -> None:
    pictures = [
        icon.pixmap(TRAY_SIZES[-1]).toImage()
        for icon in (tray_icon(0), tray_icon(1), tray_icon(12), tray_icon(0, is_paused=True))
    ]
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])
