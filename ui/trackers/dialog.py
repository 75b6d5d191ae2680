"""The issue that is to be created, title and body to be read and changed; nothing goes before the button."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.plain_text import one_line, plain
from app.trackers.tracker import ADDRESSES, Service, Tracker
from ui.commands.keymap import key_text
from ui.theme import UNIT
from ui.widgets.enter_key import press_with_enter
from ui.widgets.fields import FIELD_HEIGHT, code_field, line_field
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick
from ui.widgets.tooltip import set_tooltip

CREATE_KEY = "Ctrl+Return"
_SIZE = (720, 680)
_NAMES = {Service.GITHUB: "GitHub", Service.GITLAB: "GitLab"}


class TrackerDialog(QDialog):
    """`create_requested(tracker, token, store_token, title, body)`; the token is empty to use the stored one.

    `cancel_requested`: it is under way, and the person does not wait. `link_requested(url)`: show the new
    issue. `changed`: another tracker is in the fields.
    """

    create_requested = Signal(object, str, bool, str, str)
    cancel_requested = Signal()
    link_requested = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Create an issue")
        self.setMinimumSize(480, 480)
        self.resize(*_SIZE)
        self.service = QComboBox()
        self.service.addItems(list(_NAMES.values()))
        self.service.setAccessibleName("Tracker")
        self.address = line_field("Address")
        self.repository = line_field("Repository", hint="owner/name")
        self.token = line_field("Token")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.store_token = Tick("Store the token in this desktop's keyring")
        self.store_token.setChecked(True)
        self.title = line_field("Title")
        self.body = code_field("Body, in Markdown")
        self.message = PlainLabel("", wordWrap=True)
        self.create_button = QPushButton("Create the issue")
        self.create_button.setObjectName("primary")
        self.create_button.setDefault(True)
        set_tooltip(self.create_button, f"Send title and body to the tracker ({key_text(CREATE_KEY)})")
        self.cancel = QPushButton("Close")
        self.show_issue = QPushButton("Open it in the browser")
        for button in (self.cancel, self.show_issue):
            button.setObjectName("secondary")
        press_with_enter(self.cancel, self.show_issue)
        self._url = ""
        self._is_creating = False
        self._lay_out()
        self.service.currentIndexChanged.connect(self._follow_service)
        for field in (self.address, self.repository):
            field.textChanged.connect(self.changed)
        self.create_button.clicked.connect(self._create)
        self.cancel.clicked.connect(self._cancel)
        self.show_issue.clicked.connect(lambda: self.link_requested.emit(self._url))
        for key in (CREATE_KEY, "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self._create)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(UNIT)
        for name, widget in (
            ("Tracker", self.service),
            ("Address", self.address),
            ("Repository", self.repository),
            ("Token", self.token),
            ("", self.store_token),
            ("Title", self.title),
        ):
            label = PlainLabel(name)
            label.setFixedHeight(FIELD_HEIGHT if name else 0)
            form.addRow(label, widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.show_issue)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.create_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        layout.addLayout(form)
        layout.addWidget(self.body, 1)
        layout.addWidget(self.message)
        layout.addLayout(buttons)

    def open_with(self, tracker: Tracker, title: str, body: str) -> None:
        """Show what would be created where."""
        self.service.setCurrentText(_NAMES[tracker.service])
        self.address.setText(tracker.address)
        self.repository.setText(tracker.repository)
        self.token.clear()
        self.title.setText(one_line(title, 250))
        self.title.setCursorPosition(0)
        self.body.setPlainText(plain(body))
        self._url = ""
        self.show_issue.hide()
        self.message.setText("")
        self.show()
        self.raise_()
        self.activateWindow()
        (self.title if tracker.repository else self.repository).setFocus()

    def tracker(self) -> Tracker:
        """The tracker in the fields."""
        service = list(_NAMES)[self.service.currentIndex()]
        return Tracker(
            service=service,
            address=self.address.text().strip().rstrip("/"),
            repository=self.repository.text().strip().strip("/"),
        )

    def show_token(self, *, is_stored: bool) -> None:
        """Whether the keyring has a token for the address in the fields."""
        self.token.setPlaceholderText("from the keyring" if is_stored else "with the right to create issues")

    def show_problem(self, sentence: str) -> None:
        """What must be mended before it can be created; empty when nothing must."""
        if not self._is_creating:
            self.message.setText(sentence)
        self.create_button.setEnabled(not sentence and not self._is_creating)

    def show_creating(self) -> None:
        """It is under way."""
        self._is_creating = True
        self.message.setText("Creating …")
        self.create_button.setEnabled(False)
        self.cancel.setText("Cancel")

    def show_result(self, sentence: str, url: str = "") -> None:
        """What came of it; `url` is the page of the new issue."""
        self._is_creating = False
        self._url = url
        self.message.setText(sentence)
        self.show_issue.setVisible(bool(url))
        # Pressed twice, it would be there twice.
        self.create_button.setEnabled(not url)
        self.cancel.setText("Close")

    def _follow_service(self) -> None:
        if self.address.text().strip() in ("", *ADDRESSES.values()):
            self.address.setText(ADDRESSES[list(_NAMES)[self.service.currentIndex()]])
        self.changed.emit()

    def _create(self) -> None:
        if self.create_button.isEnabled():
            self.create_requested.emit(
                self.tracker(),
                self.token.text().strip(),
                self.store_token.isChecked(),
                self.title.text().strip(),
                self.body.toPlainText(),
            )

    def _cancel(self) -> None:
        if self._is_creating:
            self.cancel_requested.emit()
        else:
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self._cancel()
        else:
            super().keyPressEvent(event)
