"""The only way to show a tooltip: as plain text, wrapped, and of bounded size.

Qt decides by a tooltip's text whether it is HTML, and does not wrap it unless it is. So what is short and
cannot be taken for HTML stays as it is; all else is handed over as HTML of our own, every character escaped.
"""

from html import escape

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon, QToolTip, QWidget

from app.plain_text import breakable, plain
from ui.commands.keymap import keymap, with_key

LONGEST_TEXT = 1_000
LONGEST_LINE = 100


def set_tooltip(widget: QWidget | QAction | QSystemTrayIcon, text: str, command: str = "") -> None:
    """Show `text` when the mouse rests on `widget`; with `command`, the command's present key behind it."""
    for follower in widget.findChildren(_KeyFollower):
        follower.forget()
    if command:
        _KeyFollower(widget, text, command)
    else:
        widget.setToolTip(as_tooltip(text))


def show_tooltip(where: QPoint, text: str, widget: QWidget) -> None:
    """Show `text` at this place of the screen; nothing, when it is empty."""
    QToolTip.showText(where, as_tooltip(text), widget)


def as_tooltip(text: str) -> str:
    """`text` in the form in which Qt shows it as it is."""
    cut = plain(text[:LONGEST_TEXT].replace("\r\n", "\n")) + ("…" if len(text) > LONGEST_TEXT else "")
    if "<" not in cut and "&" not in cut and all(len(line) <= LONGEST_LINE for line in cut.split("\n")):
        return cut
    return f'<p style="white-space: pre-wrap">{escape(breakable(cut))}</p>'


class _KeyFollower(QObject):
    """Sets the tooltip of its parent anew when the command gets another key."""

    def __init__(self, widget: QWidget | QAction | QSystemTrayIcon, text: str, command: str) -> None:
        super().__init__(widget)
        self._widget, self._text, self._command = widget, text, command
        keymap().changed.connect(self._follow)
        self._follow()

    def forget(self) -> None:
        """Another tooltip takes the place of this one."""
        keymap().changed.disconnect(self._follow)
        self.setParent(None)
        self.deleteLater()

    def _follow(self) -> None:
        self._widget.setToolTip(as_tooltip(with_key(self._text, self._command)))
