"""How the window looks: theme, density, size of text."""

from collections.abc import Mapping

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.preferences import LEAST_TEXT_SIZE, MOST_TEXT_SIZE
from ui.link.preferences_access import PreferencesAccess
from ui.theme import UNIT, font_strong, font_title
from ui.widgets.fields import pad
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Choice, Tick

_STEP = 10
_THEMES = {"system": "As the system", "light": "Light", "dark": "Dark"}
_DENSITIES = {"comfortable": "Comfortable: two lines an issue", "compact": "Compact: one line an issue"}


class Choices(QWidget):
    """One of several, each with its circle. `group` has the buttons; `show_value` marks one."""

    def __init__(self, field: str, texts: Mapping[str, str], access: PreferencesAccess) -> None:
        super().__init__()
        self.setAccessibleName(field.replace("_", " ").capitalize())
        self.buttons = {value: Choice(text) for value, text in texts.items()}
        self.group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        for value, button in self.buttons.items():
            self.group.addButton(button)
            layout.addWidget(button)
            button.clicked.connect(lambda _on=False, value=value: access.change(**{field: value}))

    def show_value(self, value: str) -> None:
        """Mark what holds."""
        self.buttons[value].setChecked(True)


class AppearancePage(QWidget):
    """What is chosen holds at once, in every window."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self.theme = Choices("theme", _THEMES, access)
        self.density = Choices("density", _DENSITIES, access)
        self.text_size = QSpinBox()
        self.text_size.setRange(LEAST_TEXT_SIZE, MOST_TEXT_SIZE)
        self.text_size.setSingleStep(_STEP)
        self.text_size.setSuffix(" %")
        self.text_size.setMinimumWidth(10 * UNIT)
        self.text_size.setAccessibleName("Size of text")
        self.text_size.setKeyboardTracking(False)
        pad(self.text_size)
        self.reduced_motion = Tick("Nothing moves by itself")
        self._lay_out()
        self._show()
        access.changed.connect(self._show)
        self.text_size.valueChanged.connect(lambda percent: access.change(text_size=percent))
        self.reduced_motion.toggled.connect(lambda on: access.change(reduced_motion=on))

    def _lay_out(self) -> None:
        size = QHBoxLayout()
        size.addWidget(self.text_size)
        size.addStretch(1)
        title = PlainLabel("Appearance")
        title.setFont(font_title())
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        layout.addWidget(title)
        for name, widget in (("Theme", self.theme), ("Density of lists", self.density)):
            layout.addSpacing(UNIT)
            layout.addWidget(_heading(name))
            layout.addWidget(widget)
        layout.addSpacing(UNIT)
        layout.addWidget(_heading("Size of text"))
        layout.addLayout(size)
        layout.addSpacing(UNIT)
        layout.addWidget(_heading("Motion"))
        layout.addWidget(self.reduced_motion)
        layout.addStretch(1)

    def _show(self) -> None:
        chosen = self._access.chosen
        self.theme.show_value(chosen.theme)
        self.density.show_value(chosen.density)
        self.text_size.setValue(chosen.text_size)
        self.reduced_motion.setChecked(chosen.reduced_motion)


def _heading(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setFont(font_strong())
    return label
