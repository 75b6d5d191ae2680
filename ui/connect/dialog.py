"""“Connect an app”: every client, and its configuration with the real address filled in.

It is modeless. The clients and their texts come from `app.clients`.
"""

import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.clients import DEFAULT_URL, Client
from ui.connect.chooser import Chooser
from ui.connect.copy_field import CopyField
from ui.connect.instructions import Instructions
from ui.connect.proof import Proof
from ui.theme import UNIT, appearance, font_code, font_small, theme
from ui.widgets import icons
from ui.widgets.address_button import DEFAULT_PROJECT
from ui.widgets.foot_button import FootButton
from ui.widgets.plain_label import PlainLabel

_SIZE = (960, 640)
_MARGIN = QSize(48, 48)
_LIST, _LINES = 296, 664
_NARROWEST_LIST, _NARROWEST_LINES = 240, 440
# What every client puts into an address as it is.
_ODD_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST_NAME = 100

Catalogue = Callable[[str, str], tuple[Client, ...]]


class ConnectDialog(QDialog):
    """`catalogue(url, project)` gives the clients.

    `test_requested`: a test error of this project is to be sent. `project_changed`: the first event of this
    project is waited for. `assistant_requested`: how an assistant is connected is to be shown.
    """

    test_requested = Signal(str)
    assistant_requested = Signal()
    project_changed = Signal(str)

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Connect an app")
        self.setMinimumSize(_NARROWEST_LIST + _NARROWEST_LINES, 440)
        self.resize(*_SIZE)
        self._catalogue = catalogue
        self._url: str | None = None
        self._number = 0
        self.chooser = Chooser(catalogue(DEFAULT_URL, DEFAULT_PROJECT))
        self.lines = Instructions()
        self.project = QLineEdit(DEFAULT_PROJECT, maxLength=_LONGEST_NAME)
        self.address = CopyField("the address")
        self.send = QPushButton("Send a test error")
        self.message = PlainLabel(wordWrap=True)
        self.assistant = FootButton("Connect an assistant", "connect")
        self.proof = Proof()
        self._lay_out()
        self.chooser.chosen.connect(self._choose)
        self.project.textEdited.connect(self._name)
        self.send.clicked.connect(self._send_test)
        self.assistant.clicked.connect(self.assistant_requested)
        appearance().themeChanged.connect(self.show_icons)
        self.show_icons()
        self.show_url(None)

    def _lay_out(self) -> None:
        self.project.setObjectName("field")
        self.project.setAccessibleName("Project")
        self.project.setFont(font_code())
        self.send.setObjectName("primary")
        self.send.setAutoDefault(False)
        self.send.setCursor(Qt.CursorShape.PointingHandCursor)
        self.message.setObjectName("muted")
        panes = QSplitter()
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        right = self._right()
        right.setMinimumWidth(_NARROWEST_LINES)
        panes.addWidget(self._left())
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        panes.setSizes([_LIST, _LINES])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panes)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setObjectName("list")
        left.setMinimumWidth(_NARROWEST_LIST)
        around = QHBoxLayout()
        around.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        around.addWidget(self.assistant, 1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chooser, 1)
        column.addLayout(around)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        right.setObjectName("page")
        sending = QHBoxLayout()
        sending.setContentsMargins(UNIT * 3, UNIT + 4, UNIT * 3, UNIT * 2)
        sending.setSpacing(UNIT * 2)
        sending.addWidget(self.send)
        sending.addWidget(self.message, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addWidget(self.lines, 1)
        column.addLayout(sending)
        column.addWidget(self.proof)
        return right

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setContentsMargins(UNIT * 3, UNIT * 2, UNIT * 3, UNIT * 2)
        top.setSpacing(UNIT * 2)
        for caption, field, share in (("Project", self.project, 1), ("Address", self.address, 2)):
            label = PlainLabel(caption)
            label.setObjectName("caption")
            label.setFont(font_small())
            label.setBuddy(field)
            field.setMinimumHeight(5 * UNIT)
            pair = QVBoxLayout()
            pair.setSpacing(UNIT // 2)
            pair.addWidget(label)
            pair.addWidget(field)
            pair.addStretch(1)
            top.addLayout(pair, share)
        return top

    def show_icons(self) -> None:
        """Set the icons, in the theme's colours."""
        self.chooser.show_icons()
        self.send.setIcon(icons.icon("send", theme().accent_text))
        self.send.setIconSize(icons.BEFORE_TEXT)

    def open_for(self, project: str) -> None:
        """Come to the front, with the lines for this project."""
        self.project.setText(_usable(project))
        self._fill()
        if not self.isVisible() and (over := self.parentWidget()) is not None:
            self.resize(self.size().boundedTo(over.size() - _MARGIN))
        self.show()
        self.raise_()
        self.activateWindow()
        self.chooser.focus()
        self._wait()

    def show_url(self, url: str | None) -> None:
        """The engine listens here; with None that is not known yet."""
        self._url = url
        self.address.show_text(url or "not known yet")
        self.address.setEnabled(url is not None)
        self.send.setEnabled(url is not None)
        self._fill()

    def answer(self, text: str) -> None:
        """Show the result of the test error."""
        self.message.setText(text)
        self.send.setEnabled(self._url is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton):
                focused.click()
            elif self._url is not None:
                self.lines.code.copy()
            return
        super().keyPressEvent(event)

    def _choose(self, number: int) -> None:
        self._number = number
        self._fill()
        self.lines.scroll_to_top()

    def _name(self, text: str) -> None:
        if (usable := _usable(text)) != text:
            cursor = self.project.cursorPosition()
            self.project.setText(usable)
            self.project.setCursorPosition(cursor)
        self._fill()
        self._wait()

    @property
    def name(self) -> str:
        """The project that the person has chosen."""
        return self.project.text() or DEFAULT_PROJECT

    def _wait(self) -> None:
        self.proof.wait_for(self.name)
        self.project_changed.emit(self.name)

    def _fill(self) -> None:
        clients = self._catalogue(self._url or DEFAULT_URL, self.name)
        self.lines.show_client(clients[self._number], address_is_known=self._url is not None)

    def _send_test(self) -> None:
        self.send.setEnabled(False)
        self.message.setText("Sending …")
        self.test_requested.emit(self.name)


def _usable(name: str) -> str:
    return _ODD_IN_A_NAME.sub("_", name)
