"""Messages to the person, in one strip above the window's content: one at a time, the newest last.

A failure of the engine stays until it has ended; everything else until it is dismissed.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.engine.child_protocol import StoreRestored, StoreTrouble
from app.plain_text import plain
from ui.link.engine_link import EngineFailure
from ui.theme import UNIT, appearance, font_code, theme
from ui.widgets import icons
from ui.widgets.plain_label import PlainLabel

_MEANING = {
    "port-taken": "No error can arrive until the engine has a port.",
    "database-too-new": "This Arecibo must not touch that store.",
    "data-dir-locked": "Two engines on one store would count everything twice.",
    "data-dir-unusable": "Nothing can be kept until that folder can be written.",
}
_STORE_MEANING = {
    "gone": "Clients are told so. What it held is copied out before a new one is begun.",
    "damaged": "Clients are told so. What waits in it is carried over into a fresh one.",
    "failing": "Clients are told so; most of them drop what they had to send.",
}
_DEFECT = "That is a defect of Arecibo. What had been received is safe in the store."


class Strip(QWidget):
    """A sentence with what it means, and buttons for what to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._is_trouble = True
        self._icon = PlainLabel()
        self._message = PlainLabel(wordWrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._message.setObjectName("strong")
        self._meaning = PlainLabel(wordWrap=True)
        self._meaning.setObjectName("muted")
        self.details = QPlainTextEdit(readOnly=True)
        self.details.setObjectName("code")
        self.details.setFont(font_code())
        self.details.setFixedHeight(18 * UNIT)
        self.details.setAccessibleName("What the engine said last")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(UNIT)
        self._lay_out()
        appearance().themeChanged.connect(self._tint)
        self.hide()

    def _lay_out(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self._message)
        text.addWidget(self._meaning)
        first = QHBoxLayout()
        first.setSpacing(UNIT * 2)
        first.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(text, 1)
        first.addLayout(self._buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(UNIT * 2 + 4, UNIT * 2, UNIT * 2 + 4, UNIT * 2)
        whole.addLayout(first)
        whole.addWidget(self.details)

    def show_message(
        self, message: str, meaning: str = "", details: str = "", *, is_trouble: bool = True
    ) -> None:
        """Show a sentence, with no buttons yet."""
        self._is_trouble = is_trouble
        self._message.setText(message)
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        self.details.setPlainText(plain(details))
        self.details.hide()
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._tint()
        self.show()

    def say(self, message: str) -> None:
        """Show another sentence over the same buttons."""
        self._message.setText(message)

    @property
    def sentence(self) -> str:
        """The sentence that is shown."""
        return self._message.text()

    def offer(self, text: str, *, primary: bool = False) -> QPushButton:
        """Add a button."""
        button = QPushButton(text)
        button.setObjectName("primary" if primary else "secondary")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def offer_details(self) -> None:
        """Add a button that shows the details and hides them."""
        if self.details.toPlainText():
            button = self.offer("Details")
            button.setCheckable(True)
            button.toggled.connect(self.details.setVisible)

    def _tint(self) -> None:
        if not self.isHidden() or self._message.text():
            icon = icons.icon("warning", theme().danger) if self._is_trouble else icons.icon("information")
            self._icon.setPixmap(icon.pixmap(18, 18))


class Notices(QWidget):
    """The engine's failure, what is wrong with its store, and below that the newest notice."""

    port_chosen = Signal(int)
    retry_requested = Signal()
    new_store_requested = Signal()
    store_check_requested = Signal()
    restore_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.failure = Strip()
        self.failure.setObjectName("alarm")
        self.recovered = Strip()
        self.store = Strip()
        self.store.setObjectName("alarm")
        self.restored = Strip()
        self.notice = Strip()
        self._waiting: list[str] = []
        self._last_words: str | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.failure)
        layout.addWidget(self.recovered)
        layout.addWidget(self.store)
        layout.addWidget(self.restored)
        layout.addWidget(self.notice)

    def show_failure(self, failure: EngineFailure) -> None:
        """Show why there is no engine, and what can be done."""
        self._last_words = None
        self.recovered.hide()
        self.failure.show_message(failure.message, _MEANING.get(failure.kind, _DEFECT), failure.details)
        self.failure.offer_details()
        port = failure.suggested_port
        again = self.failure.offer(
            "Restart" if failure.kind == "crashed" else "Try again", primary=port is None
        )
        again.clicked.connect(self.retry_requested)
        if port is not None:
            self.failure.offer(f"Use port {port}", primary=True).clicked.connect(
                lambda: self.port_chosen.emit(port)
            )

    def show_death(self, last_words: str) -> None:
        """The engine ended unexpectedly, and is started again after a pause."""
        self._last_words = last_words
        self.recovered.hide()
        self.failure.show_message(
            "The engine ended unexpectedly, and is started again.",
            f"No error can arrive until it runs. {_DEFECT}",
            last_words,
        )
        self.failure.offer_details()
        self.failure.offer("Restart now", primary=True).clicked.connect(self.retry_requested)

    def clear_failure(self) -> None:
        """The engine runs, or is about to. That it died stays said: restarts are quicker than reading."""
        self.failure.hide()
        if self._last_words is None:
            return
        self.recovered.show_message(
            "The engine ended unexpectedly, and runs again.", _DEFECT, self._last_words, is_trouble=False
        )
        self._last_words = None
        self.recovered.offer_details()
        self.recovered.offer("Understood", primary=True).clicked.connect(self.recovered.hide)

    def show_store(self, trouble: StoreTrouble | None) -> None:
        """Show what is wrong with the store, and what can be done; None when nothing is."""
        if trouble is None:
            self.store.hide()
            return
        meaning = _STORE_MEANING.get(trouble.kind, "")
        self.store.show_message(f"{trouble.message}.", f"{trouble.where}\n{meaning}".strip())
        if trouble.kind == "gone":
            self.store.offer("Begin a new store").clicked.connect(self.new_store_requested)
            self.store.offer("Look again", primary=True).clicked.connect(self.store_check_requested)

    def show_restored(self, outcome: StoreRestored) -> None:
        """Show that another store is in force now, and offer the one before."""
        self.restored.show_message(
            f"{Path(outcome.source).name} is the store now.",
            f"The store before is set aside: {outcome.aside}",
            is_trouble=False,
        )
        self.restored.offer("Undo").clicked.connect(lambda: self._undo_restore(outcome.aside))
        self.restored.offer("Understood", primary=True).clicked.connect(self.restored.hide)

    def _undo_restore(self, aside: str) -> None:
        self.restored.hide()
        self.restore_requested.emit(aside)

    def show_message(self, sentence: str) -> None:
        """Show a sentence until it is dismissed; others are queued."""
        if sentence in self._waiting:
            return
        self._waiting.append(sentence)
        if len(self._waiting) == 1:
            self._show_next()

    def _show_next(self) -> None:
        if not self._waiting:
            self.notice.hide()
            return
        self.notice.show_message(self._waiting[0])
        self.notice.offer("Understood").clicked.connect(self._put_away)

    def _put_away(self) -> None:
        del self._waiting[0]
        self._show_next()
