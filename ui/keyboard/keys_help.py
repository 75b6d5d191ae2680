"""The page of keys: every command and every other key, by group, in two columns where there is room."""

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.commands.command import Group
from ui.commands.keymap import key_text, keymap
from ui.commands.table import COMMANDS_BY_GROUP, FIXED
from ui.keyboard.key_caps import key_caps
from ui.theme import UNIT, font_strong, scaled
from ui.widgets.fields import line_field
from ui.widgets.plain_label import PlainLabel

_SIZE = QSize(900, 700)
_TWO_COLUMNS = 720
_KEYS_WIDTH = 136
_MOST_KEYS = 2


class _Line(Struct, frozen=True, eq=False):
    widget: QWidget
    words: str


class KeysHelp(QDialog):
    """`change_requested`: the person wants other keys."""

    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.filter = line_field("Find a key or a command", hint="Find a key or a command")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self._lines: list[tuple[QWidget, list[_Line]]] = []
        self._nothing = PlainLabel("No key and no command is called that.")
        self._nothing.setObjectName("muted")
        self._nothing.hide()
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Keys")
        self._columns: QBoxLayout
        self._lay_out()
        self._fit_screen()
        keymap().changed.connect(self._fill)

    def _lay_out(self) -> None:
        change = QPushButton("Change keys …")
        change.setObjectName("secondary")
        change.setAutoDefault(False)
        change.clicked.connect(self.change_requested)
        self.change_button = change
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        top.addWidget(self.filter, 1)
        top.addWidget(change)
        head = QVBoxLayout()
        head.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, UNIT)
        head.setSpacing(UNIT)
        head.addLayout(top)
        head.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
        self._fill()
        self.filter.setFocus()

    def _fill(self) -> None:
        """Make all lines, with the keys that are in force."""
        self._lines = []
        body = QWidget()
        body.setObjectName("page")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._columns = QHBoxLayout(body)
        self._columns.setContentsMargins(3 * UNIT, UNIT, 3 * UNIT, 3 * UNIT)
        self._columns.setSpacing(4 * UNIT)
        columns = (QVBoxLayout(), QVBoxLayout())
        heights = [0, 0]
        for group in Group:
            box, lines = _box(group)
            self._lines.append((box, lines))
            # The shorter column takes the next group, so that both end at about the same place.
            column = 0 if heights[0] <= heights[1] else 1
            heights[column] += len(lines) + 2
            columns[column].addWidget(box)
        for each in columns:
            each.setSpacing(2 * UNIT)
            each.addStretch(1)
            self._columns.addLayout(each, 1)
        self.area.setWidget(body)
        self._arrange()
        self._filter(self.filter.text())

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        any_shown = False
        for box, lines in self._lines:
            in_box = False
            for line in lines:
                is_shown = all(word in line.words for word in words)
                line.widget.setVisible(is_shown)
                in_box = in_box or is_shown
            box.setVisible(in_box)
            any_shown = any_shown or in_box
        self._nothing.setVisible(not any_shown)

    def _arrange(self) -> None:
        is_wide = self.width() >= _TWO_COLUMNS
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(beside if is_wide else below)
        self._columns.setSpacing((4 if is_wide else 2) * UNIT)

    def _fit_screen(self) -> None:
        room = self.screen().availableSize() - QSize(6 * UNIT, 8 * UNIT)
        self.setMinimumSize(360, 240)
        self.resize(_SIZE.boundedTo(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.filter.setFocus()
        else:
            super().keyPressEvent(event)


def _box(group: Group) -> tuple[QWidget, list[_Line]]:
    """A group with its heading."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT // 2)
    heading = PlainLabel(group.value)
    heading.setFont(font_strong())
    layout.addWidget(heading)
    lines = []
    for keys, label in _rows(group):
        widget = _line(keys, label)
        layout.addWidget(widget)
        lines.append(_Line(widget, f"{group.value} {label} {' '.join(keys)}".casefold()))
    return box, lines


def _rows(group: Group) -> list[tuple[tuple[str, ...], str]]:
    commands = [
        (tuple(map(key_text, keymap().keys(each.name)[:_MOST_KEYS])), each.label)
        for each in COMMANDS_BY_GROUP[group]
        if each.is_listed
    ]
    return [*commands, *(((key_text(each.keys),), each.label) for each in FIXED.get(group, ()))]


def _line(keys: tuple[str, ...], label: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(UNIT)
    caps = key_caps(keys)
    caps.setFixedWidth(scaled(_KEYS_WIDTH))
    row.addWidget(caps, 0, Qt.AlignmentFlag.AlignTop)
    text = PlainLabel(label, wordWrap=True)
    # It may wrap anywhere: a narrow page scrolls down only.
    text.setMinimumWidth(1)
    row.addWidget(text, 1)
    return line
