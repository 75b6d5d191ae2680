"""The right of the dialog: how the chosen client is configured, each line with a copy button."""

import re
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.connect.copy_field import CopyField
from ui.theme import UNIT, font_code, font_small, font_title
from ui.widgets.plain_label import MarkedUpLabel, PlainLabel

if TYPE_CHECKING:
    from app.clients import Client

_CODE = re.compile(r"`([^`]+)`")
_IN = {"http": "The header", "shell": "In the terminal", "json": "In its settings"}


class Instructions(QScrollArea):
    """Shows one client at a time; `install` is the caption above the line for the terminal."""

    def __init__(self, parent: QWidget | None = None, *, install: str = "Install") -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name = PlainLabel(wordWrap=True)
        self.name.setFont(font_title())
        self._install_caption = _caption(install)
        self.install = CopyField("the command")
        self._code_caption = _caption("Code")
        self.code = CopyField("the code")
        self.unknown = _prose("muted")
        self.note = _prose("strong")
        self._without_caption = _caption("When Arecibo is not running")
        self.without = _prose("strong")
        self._lay_out()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(UNIT * 3, UNIT, UNIT * 3, UNIT * 2)
        column.setSpacing(UNIT * 2)
        column.addWidget(self.name)
        column.addLayout(_pair(self._install_caption, self.install))
        column.addLayout(_pair(self._code_caption, self.code))
        column.addWidget(self.unknown)
        column.addWidget(self.note)
        column.addLayout(_pair(self._without_caption, self.without))
        column.addStretch(1)
        self.setWidget(page)

    def show_client(self, client: "Client", *, address_is_known: bool) -> None:
        """Show these lines; without an address, those that need none."""
        self.name.setText(client.name)
        self.install.show_text(client.install)
        self.install.setVisible(bool(client.install))
        self._install_caption.setVisible(bool(client.install))
        self.code.show_text(client.code if address_is_known else "")
        self.code.setVisible(address_is_known)
        self._code_caption.setVisible(address_is_known)
        self._code_caption.setText(_IN.get(client.language, "In the app"))
        self.unknown.setVisible(not address_is_known)
        self.unknown.setText(
            "The engine's address is not known yet. As soon as it listens, the lines to copy stand here."
        )
        self.note.setText(as_html(client.note))
        self.note.setVisible(bool(client.note))
        self.without.setText(as_html(client.when_nobody_listens))

    def scroll_to_top(self) -> None:
        """Go to the top, for another client."""
        self.verticalScrollBar().setValue(0)


def as_html(sentence: str) -> str:
    """A sentence of the catalogue as HTML: `names of code` in the font of code, all else escaped."""
    families = ", ".join(f"'{family}'" for family in font_code().families())
    return _CODE.sub(rf'<span style="font-family: {families}; font-size: 12px">\1</span>', escape(sentence))


def _pair(caption: PlainLabel, below: QWidget) -> QVBoxLayout:
    pair = QVBoxLayout()
    pair.setSpacing(UNIT // 2)
    pair.addWidget(caption)
    pair.addWidget(below)
    return pair


def _caption(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setObjectName("caption")
    label.setFont(font_small())
    return label


def _prose(kind: str) -> MarkedUpLabel:
    label = MarkedUpLabel(wordWrap=True)
    label.setObjectName(kind)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
