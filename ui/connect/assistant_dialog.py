"""“Connect an assistant”: the line or the JSON for each of them, with this installation's own command."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app import assistants
from app.clients import Client
from ui.connect.client_list import LINE, ClientDelegate, ClientLine, ClientModel
from ui.connect.copy_field import CopyField
from ui.connect.instructions import Instructions
from ui.theme import UNIT, appearance, font_small, theme
from ui.widgets import icons
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick

if TYPE_CHECKING:
    from app.assistants.trial import Trial

_SIZE = (880, 640)
_MARGIN = QSize(48, 48)
_LIST, _LINES = 216, 664
_NARROWEST_LIST, _NARROWEST_LINES = 160, 440

CommandOf = Callable[[bool], tuple[str, ...]]


class AssistantDialog(QDialog):
    """`command(read_only)` is what an assistant starts. `test_requested(read_only)`: it is to be tried."""

    test_requested = Signal(bool)

    def __init__(self, command: CommandOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Connect an assistant")
        self.setMinimumSize(_NARROWEST_LIST + _NARROWEST_LINES, 440)
        self.resize(*_SIZE)
        self._command = command
        self._number = 0
        self.list = QListView()
        self.command = CopyField("the command")
        self.read_only = Tick("Only let it read, and change nothing")
        self.lines = Instructions(install="In the terminal")
        self.test = QPushButton("Test it")
        self.message = PlainLabel(wordWrap=True)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.read_only.toggled.connect(self._fill)
        self.test.clicked.connect(self._ask_for_test)
        appearance().themeChanged.connect(self.show_icons)
        self.show_icons()
        self._fill()

    def _lay_out(self) -> None:
        self.list.setObjectName("clients")
        self.list.setAccessibleName("Assistants")
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(ClientModel(self._set_ups(), self.list))
        self.list.setItemDelegate(ClientDelegate(self.list))
        self.list.setCurrentIndex(self.list.model().index(1, 0))
        self.read_only.setAccessibleName("Only let it read, and change nothing")
        self.test.setObjectName("primary")
        self.test.setAutoDefault(False)
        self.test.setCursor(Qt.CursorShape.PointingHandCursor)
        self.message.setObjectName("muted")
        left = QWidget()
        left.setObjectName("list")
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, UNIT, 0, 0)
        beside.addWidget(self.list)
        panes = QSplitter()
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        panes.addWidget(left)
        panes.addWidget(self._right())
        panes.setStretchFactor(1, 1)
        panes.setSizes([_LIST, _LINES])
        left.setMinimumWidth(_NARROWEST_LIST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panes)

    def _right(self) -> QWidget:
        right = QWidget()
        right.setObjectName("page")
        right.setMinimumWidth(_NARROWEST_LINES)
        caption = PlainLabel("The command that it starts")
        caption.setObjectName("caption")
        caption.setFont(font_small())
        top = QVBoxLayout()
        top.setContentsMargins(UNIT * 3, UNIT * 2, UNIT * 3, UNIT)
        top.setSpacing(UNIT)
        top.addWidget(caption)
        top.addWidget(self.command)
        top.addWidget(self.read_only, 0, Qt.AlignmentFlag.AlignLeft)
        testing = QHBoxLayout()
        testing.setContentsMargins(UNIT * 3, UNIT + 4, UNIT * 3, UNIT * 2)
        testing.setSpacing(UNIT * 2)
        testing.addWidget(self.test)
        testing.addWidget(self.message, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.lines, 1)
        column.addLayout(testing)
        return right

    def show_icons(self) -> None:
        """Set the icons, in the theme's colours."""
        self.test.setIcon(icons.icon("send", theme().accent_text))
        self.test.setIconSize(icons.BEFORE_TEXT)

    def open_it(self) -> None:
        """Come to the front."""
        self.message.setText("")
        self.test.setEnabled(True)
        if not self.isVisible() and (over := self.parentWidget()) is not None:
            self.resize(self.size().boundedTo(over.size() - _MARGIN))
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def answer(self, trial: "Trial") -> None:
        """Show what came of the test."""
        self.test.setEnabled(True)
        names = f" {', '.join(trial.tools)}." if trial.tools else ""
        self.message.setText(f"{trial.message}{names}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton):
                focused.click()
            else:
                (self.lines.install if self.lines.install.text() else self.lines.code).copy()
            return
        super().keyPressEvent(event)

    def _set_ups(self) -> tuple[Client, ...]:
        set_ups: tuple[Client, ...] = assistants.set_ups.set_ups(self._command(self.read_only.isChecked()))
        return set_ups

    def _choose(self, current: QModelIndex) -> None:
        line = current.data(LINE)
        if isinstance(line, ClientLine) and line.number is not None:
            self._number = line.number
            self._fill()
            self.lines.scroll_to_top()

    def _fill(self) -> None:
        self.command.show_text(assistants.set_ups.shown(self._command(self.read_only.isChecked())))
        self.lines.show_client(self._set_ups()[self._number], address_is_known=True)

    def _ask_for_test(self) -> None:
        self.test.setEnabled(False)
        self.message.setText("Starting the server …")
        self.test_requested.emit(self.read_only.isChecked())
