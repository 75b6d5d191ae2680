"""Icons by meaning, all from one family of one weight: Phosphor, regular.

Widgets ask for `icon("resolve")`, never for a glyph, and get it in the theme's colour; who stores one asks
again on `themeChanged`. The library is imported when the first icon is asked for: it takes 0.2 s, and the
window is on the screen before it has any icon.
"""

from functools import cache
from threading import Event

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from ui import widgets
from ui.theme import theme

_loaded = Event()

MEANINGS = {
    "inbox": "tray",
    "unread": "envelope-simple",
    "read": "envelope-simple-open",
    "resolve": "check-circle",
    "mute": "bell-slash",
    "reopen": "arrow-counter-clockwise",
    "everything": "stack",
    "queue": "hourglass",
    "doctor": "first-aid-kit",
    "connect": "plus-circle",
    "notifications": "bell",
    "again": "arrow-clockwise",
    "project": "cube",
    "copy": "copy",
    "done": "check",
    "search": "magnifying-glass",
    "close": "x",
    "warning": "warning",
    "send": "paper-plane-tilt",
    "keyboard": "keyboard",
    "more": "dots-three",
    "first": "caret-double-left",
    "previous": "caret-left",
    "next": "caret-right",
    "last": "caret-double-right",
    "folded": "caret-right",
    "unfolded": "caret-down",
    "save": "download-simple",
    "open_outside": "arrow-square-out",
    "attachment": "paperclip",
    "feedback": "chat-text",
}


def icon(meaning: str, colour: QColor | None = None) -> QIcon:
    """The icon for a meaning, in `colour` or in that of muted text. KeyError: no such meaning."""
    tint = colour or theme().text_muted
    made = widgets.icon_font.phosphor().icon(
        f"ph.{MEANINGS[meaning]}",
        color=tint.name(),
        color_active=tint.name(),
        color_selected=tint.name(),
        color_disabled=theme().text_faint.name(),
        scale_factor=1.14,  # the library draws at 7/8 of the size, made for a family with less room around it
        draw="path",
    )
    assert isinstance(made, QIcon)
    return made


def paint(painter: QPainter, meaning: str, rect: QRect, colour: QColor | None = None) -> None:
    """Paint an icon that is painted often, from a picture made once: drawing one from its font takes 5 ms."""
    tint = colour or theme().text_muted
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(rect.topLeft(), _picture(meaning, tint.name(), rect.width(), rect.height(), ratio))


@cache
def _picture(meaning: str, tint: str, width: int, height: int, ratio: float) -> QPixmap:
    return icon(meaning, QColor(tint)).pixmap(QSize(width, height), ratio)


def load() -> None:
    """Import the library off the UI thread: it takes 0.2 s. The font is loaded with the first icon."""
    _library = widgets.icon_font
    _loaded.set()


def ready() -> bool:
    """Whether an icon is available at once. Until then, painters leave its place empty."""
    return _loaded.is_set()
