"""The dialog: names of pages at the left, the chosen page at the right. Whatever is changed holds at once."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.editor_page import EditorPage
from ui.preferences.folders_page import FoldersPage
from ui.preferences.privacy_page import PrivacyPage
from ui.preferences.reading_page import ReadingPage
from ui.preferences.traces_page import TracesPage
from ui.theme import UNIT

PAGES: dict[str, Callable[[PreferencesAccess], QWidget]] = {
    "Reading": ReadingPage,
    "Editor": EditorPage,
    "Folders": FoldersPage,
    "Traces": TracesPage,
    "Privacy": PrivacyPage,
}
"""By its name what makes each page, in order."""

_SIZE = (760, 520)
_NAMES_WIDTH = 168


class PreferencesDialog(QDialog):
    """All pages; the one that is shown scrolls where it does not fit."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self.setMinimumSize(560, 400)
        self.resize(*_SIZE)
        self.names = QListWidget()
        self.names.setObjectName("pages")
        self.names.setFixedWidth(_NAMES_WIDTH)
        self.names.setAccessibleName("Pages")
        self.pages = QStackedWidget()
        for name, make in PAGES.items():
            item = QListWidgetItem(name, self.names)
            item.setSizeHint(QSize(0, 4 * UNIT))
            self.pages.addWidget(_scrolling(make(access)))
        self.names.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.names.setCurrentRow(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.names)
        layout.addWidget(self.pages, 1)

    def show_page(self, name: str) -> None:
        """Show the page of this name. Raises KeyError when there is none."""
        if name not in PAGES:
            raise KeyError(name)
        self.names.setCurrentRow(list(PAGES).index(name))


def _scrolling(page: QWidget) -> QScrollArea:
    page.setContentsMargins(*(4 * (3 * UNIT,)))
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
