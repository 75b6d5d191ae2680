"""The only way to show a tooltip: as plain text, wrapped, and of bounded size.

Qt decides by a tooltip's text whether it is HTML, and does not wrap it unless it is. So what is short and
cannot be taken for HTML stays as it is; all else is handed over as HTML of our own, every character escaped.
"""

from html import escape

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon, QToolTip, QWidget

from app.plain_text import breakable, plain

LONGEST_TEXT = 1_000
LONGEST_LINE = 100


def set_tooltip(widget: QWidget | QAction | QSystemTrayIcon, text: str) -> None:
    """Show `text` when the mouse rests on `widget`."""
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
