"""What must not leave this machine, or not even be stored; and how much is copied."""

from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.sharing.limits import LEAST_CHARACTERS, MOST_CHARACTERS
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.pattern_list import PatternList
from ui.preferences.scrub_preview import ScrubPreviewBox
from ui.theme import UNIT, font_title
from ui.widgets.fields import pad
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick

_RULES = (
    "Passwords, tokens, cookies and keys are hidden wherever an event is shown, copied or exported. "
    "Your own patterns are hidden besides that, in all that is copied or exported. "
    "Expressions are in RE2's syntax."
)
_ON_RECEIPT = (
    "The report itself then loses them, for good. A report in which nobody can look for secrets (binary, "
    "packed in an unknown way, a form with files) is refused with a reason, and its client may lose it."
)


class PrivacyPage(QWidget):
    """Scrub rules with their preview, scrubbing on receipt, and the size of Markdown."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self.patterns = PatternList()
        self.preview = ScrubPreviewBox(access)
        self.on_receipt = Tick("Scrub before anything is written")
        self.characters = QSpinBox()
        self.characters.setRange(LEAST_CHARACTERS, MOST_CHARACTERS)
        self.characters.setSingleStep(1_000)
        self.characters.setGroupSeparatorShown(True)
        self.characters.setSuffix(" characters")
        self.characters.setAccessibleName("Most characters of Markdown")
        self.characters.setKeyboardTracking(False)
        pad(self.characters)
        self._lay_out()
        self._show()
        access.changed.connect(self._show)
        self.patterns.changed.connect(lambda patterns: access.change(scrub_patterns=patterns))
        self.on_receipt.toggled.connect(lambda on: access.change(scrub_on_receipt=on))
        self.characters.valueChanged.connect(lambda number: access.change(markdown_characters=number))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        size = QHBoxLayout()
        size.setSpacing(UNIT)
        size.addWidget(PlainLabel("Markdown of at most"))
        size.addWidget(self.characters)
        size.addStretch(1)
        for widget in (
            _title("Secrets"),
            _muted(_RULES),
            self.patterns,
            self.preview,
            self.on_receipt,
            _muted(_ON_RECEIPT),
            _title("Copies"),
        ):
            layout.addWidget(widget)
        layout.insertSpacing(layout.count() - 1, UNIT)
        layout.addLayout(size)
        layout.addStretch(1)

    def _show(self) -> None:
        chosen = self._access.chosen
        self.patterns.show_patterns(chosen.scrub_patterns)
        self.on_receipt.setChecked(chosen.scrub_on_receipt)
        self.characters.setValue(chosen.markdown_characters)


def _title(text: str) -> PlainLabel:
    title = PlainLabel(text)
    title.setFont(font_title())
    return title


def _muted(text: str) -> PlainLabel:
    label = PlainLabel(text, wordWrap=True)
    label.setObjectName("muted")
    return label
