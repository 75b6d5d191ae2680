"""The window of a comparison: what is compared with what, and below it the parts that differ."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.detail.page.page import EventPage, ReadStore, RunInBackground
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.section import PageSection
from ui.link.preferences_access import PreferencesAccess
from ui.theme import UNIT, font_title
from ui.widgets.plain_label import PlainLabel

_SIZE = (980, 720)


class ComparisonDialog(QDialog):
    """Shows sections that `show_parts` is given. Esc closes it."""

    def __init__(
        self,
        run_in_background: RunInBackground,
        read_store: ReadStore,
        preferences: PreferencesAccess,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare events")
        self.setMinimumSize(560, 360)
        self.resize(*_SIZE)
        self.title = PlainLabel("")
        self.title.setFont(font_title())
        self.sides = PlainLabel("")
        self.sides.setObjectName("muted")
        self.page = EventPage(PageTheme(self), run_in_background, read_store, preferences, self)
        self.page.setAccessibleName("Differences")
        head = QVBoxLayout()
        head.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, UNIT)
        head.addWidget(self.title)
        head.addWidget(self.sides)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.page, 1)

    def show_wait(self, title: str) -> None:
        """Say what is being compared, before it is read."""
        self.title.setText(title)
        self.sides.setText("Reading …")
        self.page.show_sections(())
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_parts(self, sides: str, sections: Sequence[PageSection]) -> None:
        """Show the differences; `sides` says which event is at the left, and which at the right."""
        self.sides.setText(sides)
        self.page.show_sections(sections)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
