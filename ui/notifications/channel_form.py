"""A channel's name and URL. The URL of one that is there is not shown: it holds its secrets."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.issues.question_dialog import dialog_buttons
from ui.notifications.channel_check import ChannelCheck
from ui.theme import UNIT, font_code, font_small
from ui.widgets.fields import FIELD_HEIGHT
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from app.store.notices.channels import Channel

_WIDTH = 460
_MESSAGE_HEIGHT = 6 * UNIT
_LOOKS_LIKE = re.compile(r"[A-Za-z0-9]+://\S+")
_HINT = (
    "Any URL that apprise knows, such as\n"
    "slack://TOKEN_A/TOKEN_B/TOKEN_C/#channel\n"
    "mailto://USER:PASSWORD@HOST?to=ADDRESS\n"
    "json://HOST/PATH for a webhook of your own"
)


class ChannelForm(QDialog):
    """`saved` carries name and URL; the URL is empty when it stays as it is.

    With a `check`, a URL is only saved if a service is known for it.
    """

    saved = Signal(str, str)

    def __init__(
        self,
        channel: "Channel | None" = None,
        parent: QWidget | None = None,
        *,
        check: ChannelCheck | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Channel" if channel else "New channel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._must_have_url = channel is None
        self._check = check
        self._is_checking = False
        self.message = PlainLabel(wordWrap=True)
        self.message.setFixedHeight(_MESSAGE_HEIGHT)
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop)
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
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        if check is not None:
            # It loads while the URL is being typed.
            check.begin()
            check.answered.connect(self._answer)
            self.finished.connect(lambda _result: check.stop())
        self._judge()

    def _judge(self) -> None:
        url = self.url.text().strip()
        fits = bool(_LOOKS_LIKE.fullmatch(url)) if url or self._must_have_url else True
        self._say("")
        self.save.setEnabled(bool(self.name.text().strip()) and fits and not self._is_checking)

    def _accept(self) -> None:
        if not self.save.isEnabled():
            return
        url = self.url.text().strip()
        if self._check is None or not url:
            self._save()
        else:
            self._is_checking = True
            self._judge()
            self._say("Asking whether a service is known for this URL …")
            self._check.ask(url)

    def _answer(self, url: str, is_known: bool, sentence: str) -> None:
        self._is_checking = False
        self._judge()
        if is_known and url == self.url.text().strip():
            self._save()
        elif not is_known:
            self._say(sentence, is_trouble=True)
            self.url.setFocus()

    def _save(self) -> None:
        self.saved.emit(self.name.text().strip(), self.url.text().strip())
        self.accept()

    def _say(self, sentence: str, *, is_trouble: bool = False) -> None:
        self.message.setObjectName("trouble" if is_trouble else "muted")
        self.message.style().polish(self.message)
        self.message.setText(sentence)
