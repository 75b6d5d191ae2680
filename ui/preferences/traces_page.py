"""Whether spans and log lines are stored beside errors, for how long, and how much of them."""

from PySide6.QtWidgets import QFormLayout, QSpinBox, QVBoxLayout, QWidget

from ui.link.preferences_access import PreferencesAccess
from ui.theme import UNIT, font_title
from ui.widgets.fields import FIELD_HEIGHT, pad
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick

MOST_HOURS = 24
MEGABYTES = (10, 2_000)
_ABOUT = (
    "Transactions, spans and log lines that clients send anyway are shown with the errors of the same trace. "
    "Switched off, none are stored, and what is stored goes at once."
)


class TracesPage(QWidget):
    """A switch, hours and megabytes."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self.stored = Tick("Store spans and log lines")
        self.hours = _number(1, MOST_HOURS, " h", "For how long")
        self.megabytes = _number(*MEGABYTES, " MB", "How much")
        title = PlainLabel("Traces and logs")
        title.setFont(font_title())
        about = PlainLabel(_ABOUT)
        about.setWordWrap(True)
        about.setObjectName("muted")
        numbers = QFormLayout()
        numbers.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        numbers.setHorizontalSpacing(2 * UNIT)
        numbers.setVerticalSpacing(UNIT)
        for caption, field in (("Age at most", self.hours), ("Size at most", self.megabytes)):
            label = PlainLabel(caption)
            label.setMinimumHeight(FIELD_HEIGHT)
            label.setBuddy(field)
            numbers.addRow(label, field)
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        layout.addWidget(title)
        layout.addWidget(about)
        layout.addSpacing(UNIT)
        layout.addWidget(self.stored)
        layout.addSpacing(UNIT)
        layout.addLayout(numbers)
        layout.addStretch(1)
        self._show()
        access.changed.connect(self._show)
        self.stored.toggled.connect(lambda on: access.change(traces_stored=on))
        self.hours.valueChanged.connect(lambda hours: access.change(traces_hours=hours))
        self.megabytes.valueChanged.connect(lambda megabytes: access.change(traces_megabytes=megabytes))

    def _show(self) -> None:
        chosen = self._access.chosen
        self.stored.setChecked(chosen.traces_stored)
        self.hours.setValue(chosen.traces_hours)
        self.megabytes.setValue(chosen.traces_megabytes)
        for number in (self.hours, self.megabytes):
            number.setEnabled(chosen.traces_stored)


def _number(least: int, most: int, unit: str, name: str) -> QSpinBox:
    number = QSpinBox()
    number.setRange(least, most)
    number.setSuffix(unit)
    number.setMinimumWidth(14 * UNIT)
    number.setAccessibleName(name)
    # Each digit that is typed would be stored otherwise.
    number.setKeyboardTracking(False)
    pad(number)
    return number
