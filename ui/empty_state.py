"""The page before the first error: the DSN, how to use it, and a way to try it right here.

The page goes away by itself when the first error arrives; nothing has to be clicked.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.clients import Client, clients
from app.dsn import dsn
from ui.connect.copy_field import CopyField
from ui.theme import UNIT, appearance, font_large, theme
from ui.widgets import icons
from ui.widgets.address_button import DEFAULT_PROJECT
from ui.widgets.plain_label import PlainLabel

WIDTH = 80 * UNIT
_LINES_HEIGHT = 14 * UNIT
_WAITING = "Waiting for the first error"
_NOTHING_ARRIVES = "No error can arrive now"
_STARTING = "The engine is starting. Its address will stand here in a moment."
_LEAD = (
    "Point an app at this DSN, and every error that it throws lands here. "
    "The name before the @ is up to you: it becomes the project."
)
_RUN = (
    "Or without any client: arecibo run -- your command (in a checkout, main.py run) runs it as it is, "
    "and turns its crashes into errors here."
)
# The text of each tab, and its client of the catalogue.
TABS = {
    "Python": "Sentry for Python",
    "Django": "Sentry for Django",
    "Flask": "Sentry for Flask",
    "Node": "Sentry for Node",
    "Browser": "Sentry in browsers",
    "curl": "curl, with JSON",
}


class EmptyState(QScrollArea):
    """The page. `test_requested`: send a test error; `clients_requested`: list all clients."""

    test_requested = Signal()
    clients_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName("Waiting for the first error")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._clients: dict[str, Client] = {}
        self._problem = ""
        self._title = PlainLabel(_WAITING)
        self._title.setFont(font_large())
        self._lead = PlainLabel(wordWrap=True)
        self._lead.setObjectName("muted")
        self._dsn = CopyField("the DSN")
        self._install = CopyField("the command")
        self._code = CopyField("the code")
        self._tabs = QHBoxLayout()
        self._choice = QButtonGroup(self)
        self._send = QPushButton("Send a test error")
        self._send.setObjectName("primary")
        self._send.setCursor(Qt.CursorShape.PointingHandCursor)
        self._send.clicked.connect(self._send_test)
        self._more = QPushButton("More clients …")
        self._more.setObjectName("secondary")
        self._more.setCursor(Qt.CursorShape.PointingHandCursor)
        self._more.clicked.connect(self.clients_requested)
        self._run = PlainLabel(_RUN, wordWrap=True)
        self._run.setObjectName("muted")
        self._answer = PlainLabel(wordWrap=True)
        self._answer.setObjectName("muted")
        # As high as it will be: nothing moves once there is an address.
        self._lead.setMinimumHeight(2 * self._lead.fontMetrics().lineSpacing())
        self._lay_out()
        self._make_tabs()
        self.show_url(None)
        appearance().themeChanged.connect(self._show_icons)
        self._show_icons()

    def _lay_out(self) -> None:
        self._tabs.setSpacing(4)
        self._tabs.setContentsMargins(0, UNIT * 2, 0, 0)
        sending = QHBoxLayout()
        sending.setSpacing(UNIT)
        sending.addWidget(self._send)
        sending.addWidget(self._more)
        sending.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(UNIT)
        for widget in (self._title, self._lead):
            column.addWidget(widget)
        column.addSpacing(UNIT)
        column.addWidget(self._dsn)
        column.addLayout(self._tabs)
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(UNIT)
        lines.addWidget(self._install)
        lines.addWidget(self._code)
        lines.addStretch(1)
        shown = QWidget()
        shown.setLayout(lines)
        # As high as for most clients: nothing moves from tab to tab.
        shown.setMinimumHeight(_LINES_HEIGHT)
        column.addWidget(shown)
        column.addSpacing(UNIT)
        column.addLayout(sending)
        column.addWidget(self._run)
        column.addWidget(self._answer)
        page = QWidget()
        page.setObjectName("page")
        inner = QWidget(page)
        inner.setMaximumWidth(WIDTH)
        inner.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 100)
        across.addStretch(1)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(UNIT * 3, UNIT * 4, UNIT * 3, UNIT * 4)
        whole.addStretch(2)
        whole.addLayout(across)
        whole.addStretch(3)
        self.setWidget(page)

    def _show_icons(self) -> None:
        self._send.setIcon(icons.icon("send", theme().accent_text))
        self._send.setIconSize(icons.BEFORE_TEXT)

    def show_url(self, url: str | None) -> None:
        """Fill in the address; None: there is none yet."""
        self._send.setEnabled(url is not None)
        if url:
            self._problem = ""
        for field in (self._dsn, self._install, self._code):
            field.setVisible(not self._problem)
        for tab in self._choice.buttons():
            tab.setVisible(not self._problem)
            tab.setEnabled(url is not None)
        self._title.setText(_NOTHING_ARRIVES if self._problem else _WAITING)
        self._lead.setText(_LEAD if url else self._problem or _STARTING)
        self._dsn.show_text(dsn(url, DEFAULT_PROJECT) if url else "")
        chosen = max(0, self._choice.checkedId())
        self._clients = {client.name: client for client in clients(url, DEFAULT_PROJECT)} if url else {}
        if self._clients:
            self._show_client(chosen)

    def show_problem(self, sentence: str) -> None:
        """Show why no error can arrive; it goes once there is an address."""
        self._problem = sentence
        self.show_url(None)

    def answer(self, text: str) -> None:
        """Show the result of the test error."""
        self._answer.setText(text)
        self._send.setEnabled(bool(self._clients))

    def _make_tabs(self) -> None:
        for number, name in enumerate(TABS):
            tab = QPushButton(name)
            tab.setObjectName("tab")
            tab.setCheckable(True)
            tab.setCursor(Qt.CursorShape.PointingHandCursor)
            self._choice.addButton(tab, number)
            self._tabs.addWidget(tab)
        self._tabs.addStretch(1)
        self._choice.button(0).setChecked(True)
        self._choice.idClicked.connect(self._show_client)

    def _show_client(self, number: int) -> None:
        client = self._clients[list(TABS.values())[number]]
        self._install.setVisible(bool(client.install))
        self._install.show_text(client.install)
        self._code.show_text(client.code)

    def _send_test(self) -> None:
        self._send.setEnabled(False)
        self._answer.setText("Sending …")
        self.test_requested.emit()
