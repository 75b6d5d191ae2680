"""What the pages have in common whose settings are in the settings file: parts, locks, and what is wrong."""

from collections.abc import Callable

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.link.preferences_access import PreferencesAccess
from ui.theme import UNIT, font_small, font_title
from ui.widgets.fields import FIELD_HEIGHT, pad
from ui.widgets.plain_label import PlainLabel

_NUMBER_WIDTH = 18 * UNIT


class SettingsPage(QWidget):
    """A column of parts. `show_settings` is called with the page's first show and whenever they change.

    `problem` says why a change was refused, with the line of the file where that has a fault.
    """

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.access = access
        self.settings = access.settings
        self.column = QVBoxLayout(self)
        self.column.setSpacing(UNIT)
        self.problem = muted("")
        self.problem.setObjectName("trouble")
        self.problem.hide()
        self._locks: list[tuple[str, QWidget, PlainLabel]] = []
        self.settings.refused.connect(self._show_problem)
        self.settings.changed.connect(self._follow)

    def end(self) -> None:
        """Show what is in force, once all parts are there."""
        self.column.addWidget(self.problem)
        place = muted(f"These settings are in {self.settings.file}.")
        place.setFont(font_small())
        self.column.addSpacing(UNIT)
        self.column.addWidget(place)
        self.column.addStretch(1)
        self._follow()

    def lock(self, name: str, *fields: QWidget) -> PlainLabel:
        """The note that says why these fields of the setting cannot be changed, where that is so."""
        note = muted("")
        note.setFont(font_small())
        for field in fields:
            self._locks.append((name, field, note))
        return note

    def show_settings(self) -> None:
        """Show what is in force."""
        raise NotImplementedError

    def _follow(self) -> None:
        if not isValid(self):
            return
        for name, field, note in self._locks:
            why = self.settings.why_locked(name)
            field.setEnabled(not why)
            note.setText(why)
            note.setVisible(bool(why))
        self.problem.hide()
        self.show_settings()

    def _show_problem(self, sentence: str) -> None:
        if isValid(self):
            self.problem.setText(sentence)
            self.problem.show()


def title(text: str) -> PlainLabel:
    """The heading of a part."""
    label = PlainLabel(text)
    label.setFont(font_title())
    return label


def muted(text: str) -> PlainLabel:
    """A sentence about a part."""
    label = PlainLabel(text, wordWrap=True)
    label.setObjectName("muted")
    return label


def button(text: str, act: Callable[[], object], kind: str = "secondary") -> QPushButton:
    """A button that acts at once, and never by Enter in a field."""
    made = QPushButton(text)
    made.setObjectName(kind)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: act())
    return made


def number(name: str, least: int, most: int, unit: str = "") -> QSpinBox:
    """A field for a number; it changes when it is left, or by Enter."""
    made = QSpinBox()
    made.setRange(least, most)
    made.setSuffix(unit)
    made.setGroupSeparatorShown(True)
    made.setMinimumWidth(_NUMBER_WIDTH)
    made.setAccessibleName(name)
    made.setKeyboardTracking(False)
    pad(made)
    return made


def form(*rows: tuple[str, QWidget]) -> QFormLayout:
    """Captions with their fields."""
    made = QFormLayout()
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
    made.setHorizontalSpacing(2 * UNIT)
    made.setVerticalSpacing(UNIT)
    for caption, field in rows:
        label = PlainLabel(caption)
        label.setMinimumHeight(FIELD_HEIGHT)
        label.setBuddy(field)
        made.addRow(label, field)
    return made


def row(*widgets: QWidget) -> QHBoxLayout:
    """Widgets beside each other, at the left."""
    made = QHBoxLayout()
    made.setSpacing(UNIT)
    for widget in widgets:
        made.addWidget(widget)
    made.addStretch(1)
    return made
