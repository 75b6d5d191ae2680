"""The request that is to be sent, to be looked at and changed; then what came of it.

Nothing is sent before the button is pressed; to another machine than this one only after it is confirmed.
"""

from collections.abc import Mapping

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

from app.loopback import is_loopback
from app.plain_text import one_line, plain
from app.replay.repeatable import METHODS, Repeatable, base_of, filled, placeholders_in
from ui.commands.keymap import key_text
from ui.theme import UNIT, font_strong
from ui.widgets.enter_key import press_with_enter
from ui.widgets.fields import FIELD_HEIGHT, code_field, line_field
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick
from ui.widgets.tooltip import set_tooltip

SEND_KEY = "Ctrl+Return"
_SIZE = (680, 640)
_LONGEST_BODY = 1_000_000


class ReplayDialog(QDialog):
    """`send_requested(request)` carries the `Repeatable` as it is to be sent, `cancel_requested` ends it.

    `show_requested(pk)`: the person wants to see the event that came.
    """

    send_requested = Signal(object)
    cancel_requested = Signal()
    show_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Replay the request")
        self.setMinimumSize(480, 440)
        self.resize(*_SIZE)
        self.method = QComboBox()
        self.method.setEditable(True)
        self.method.setAccessibleName("Method")
        self.method.addItems(list(METHODS))
        self.url = line_field("Address")
        self.headers = code_field("Headers, one a line", "Name: value")
        self.body = code_field("Body", "No body")
        self.secrets: dict[str, QLineEdit] = {}
        self._secrets_form = QFormLayout()
        self._asked = PlainLabel(
            "The client filtered these values. What is empty is sent empty.", wordWrap=True
        )
        self._asked.setObjectName("muted")
        self.warning = PlainLabel("", wordWrap=True)
        self.warning.setObjectName("trouble")
        self.confirmed = Tick("Send it there")
        self.answer = PlainLabel("", wordWrap=True)
        self.verdict = PlainLabel("", wordWrap=True)
        self.verdict.setFont(font_strong())
        self.send = QPushButton("Send")
        self.send.setObjectName("primary")
        self.send.setDefault(True)
        set_tooltip(self.send, f"Send the request ({key_text(SEND_KEY)})")
        self.cancel = QPushButton("Cancel")
        self.show_event = QPushButton("Show the event")
        for button in (self.cancel, self.show_event):
            button.setObjectName("secondary")
        press_with_enter(self.cancel, self.show_event)
        self._event: int | None = None
        self._is_sending = False
        self._lay_out()
        self.send.clicked.connect(self._send)
        self.cancel.clicked.connect(self._cancel)
        self.show_event.clicked.connect(self._show)
        self.url.textChanged.connect(self._judge)
        self.confirmed.toggled.connect(self._judge)
        for widget in (self.headers, self.body):
            widget.textChanged.connect(self._ask_for_secrets)
        for key in (SEND_KEY, "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self._send)

    def _lay_out(self) -> None:
        address = QHBoxLayout()
        address.setSpacing(UNIT)
        address.addWidget(self.method)
        address.addWidget(self.url, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.show_event)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        layout.addLayout(address)
        for title, widget, stretch in (("Headers", self.headers, 2), ("Body", self.body, 3)):
            label = PlainLabel(title)
            label.setObjectName("muted")
            layout.addWidget(label)
            layout.addWidget(widget, stretch)
        layout.addWidget(self._asked)
        layout.addLayout(self._secrets_form)
        for shown in (self.warning, self.confirmed, self.answer, self.verdict):
            layout.addWidget(shown)
        layout.addLayout(buttons)

    def open_with(self, request: Repeatable) -> None:
        """Show a request, and nothing of one before."""
        self.method.setCurrentText(request.method)
        self.url.setText(one_line(request.url, 8_000))
        self.headers.setPlainText("\n".join(f"{name}: {value}" for name, value in request.headers))
        self.body.setPlainText(plain(request.body[:_LONGEST_BODY]))
        self.confirmed.setChecked(False)
        self.show_answer("", "")
        self.show_event.hide()
        self._ask_for_secrets()
        self._judge()
        self.show()
        self.raise_()
        self.activateWindow()
        self.send.setFocus()

    def request(self) -> Repeatable:
        """The request as it stands in the fields, placeholders and all."""
        lines = (line.partition(":") for line in self.headers.toPlainText().splitlines() if line.strip())
        return Repeatable(
            method=self.method.currentText().strip().upper() or "GET",
            url=self.url.text().strip(),
            headers=tuple((name.strip(), value.strip()) for name, _colon, value in lines if name.strip()),
            body=self.body.toPlainText(),
        )

    def show_sending(self) -> None:
        """It is under way."""
        self._is_sending = True
        self.show_event.hide()
        self.show_answer("Sending …", "", is_over=False)
        self._judge()

    def show_answer(
        self, answer: str, verdict: str, event: int | None = None, *, is_over: bool = True
    ) -> None:
        """What the app answered, and whether the error came back; `event` is the one that came."""
        self.answer.setText(answer)
        self.verdict.setText(verdict)
        self._event = event
        self.show_event.setVisible(event is not None)
        if is_over:
            self._is_sending = False
            self._judge()

    def _ask_for_secrets(self) -> None:
        wanted = placeholders_in(self.request())
        if tuple(self.secrets) != wanted:
            before: Mapping[str, str] = {name: field.text() for name, field in self.secrets.items()}
            while self._secrets_form.rowCount():
                self._secrets_form.removeRow(0)
            self.secrets = {name: line_field(name, before.get(name, "")) for name in wanted}
            for name, field in self.secrets.items():
                field.setEchoMode(QLineEdit.EchoMode.Password)
                label = PlainLabel(one_line(name, 40))
                label.setFixedHeight(FIELD_HEIGHT)
                self._secrets_form.addRow(label, field)
        self._asked.setVisible(bool(wanted))

    def _judge(self) -> None:
        url = self.url.text().strip()
        base = base_of(url)
        elsewhere = bool(base) and not is_loopback(url)
        if not base:
            self.warning.setText("The address must begin with http:// or https:// and name a host.")
        elif elsewhere:
            self.warning.setText(f"{one_line(base, 120)} is not this machine: it may change real data.")
        self.warning.setVisible(not base or elsewhere)
        self.confirmed.setVisible(elsewhere)
        may = bool(base) and (not elsewhere or self.confirmed.isChecked())
        self.send.setEnabled(may and not self._is_sending)
        self.cancel.setText("Cancel" if self._is_sending else "Close")

    def _send(self) -> None:
        if self.send.isEnabled():
            values = {name: field.text() for name, field in self.secrets.items()}
            self.send_requested.emit(filled(self.request(), values))

    def _cancel(self) -> None:
        if self._is_sending:
            self.cancel_requested.emit()
        else:
            self.close()

    def _show(self) -> None:
        if self._event is not None:
            self.show_requested.emit(self._event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self._cancel()
        else:
            super().keyPressEvent(event)
