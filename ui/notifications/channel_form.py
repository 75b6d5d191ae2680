"""A channel's name and URL. The URL of one that is there is not shown: it holds its secrets."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.issues.question_dialog import dialog_buttons
from ui.theme import UNIT, font_code, font_small
from ui.widgets.fields import FIELD_HEIGHT
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from app.store.notices.channels import Channel

_WIDTH = 460
_LOOKS_LIKE = re.compile(r"[A-Za-z0-9]+://\S+")
_HINT = (
    "Any URL that apprise knows, such as\n"
    "slack://TOKEN_A/TOKEN_B/TOKEN_C/#channel\n"
    "mailto://USER:PASSWORD@HOST?to=ADDRESS\n"
    "json://HOST/PATH for a webhook of your own"
)


class ChannelForm(QDialog):
    """`saved` carries name and URL; the URL is empty when it stays as it is."""

    saved = Signal(str, str)

    def __init__(self, channel: "Channel | None" = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Channel" if channel else "New channel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._must_have_url = channel is None
        self.name = QLineEdit(channel.name if channel else "", maxLength=60)
        self.url = QLineEdit(maxLength=2_000)
        self.url.setPlaceholderText(f"{channel.where} stays as it is" if channel else "slack://…")
        self.url.setFont(font_code())
        self.save, buttons = dialog_buttons(self, "Save", self._accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        for caption, field in (("Name", self.name), ("URL", self.url)):
            label = PlainLabel(caption)
            label.setObjectName("caption")
            label.setFont(font_small())
            label.setBuddy(field)
            field.setObjectName("field")
            field.setAccessibleName(caption)
            field.setFixedHeight(FIELD_HEIGHT)
            field.textChanged.connect(self._judge)
            layout.addWidget(label)
            layout.addWidget(field)
        hint = PlainLabel(_HINT)
        hint.setObjectName("muted")
        hint.setFont(font_small())
        hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(hint)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        self._judge()

    def _judge(self) -> None:
        url = self.url.text().strip()
        fits = bool(_LOOKS_LIKE.fullmatch(url)) if url or self._must_have_url else True
        self.save.setEnabled(bool(self.name.text().strip()) and fits)

    def _accept(self) -> None:
        if self.save.isEnabled():
            self.saved.emit(self.name.text().strip(), self.url.text().strip())
            self.accept()
