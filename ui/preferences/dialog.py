"""The dialog: names of pages at the left, the chosen page at the right. Whatever is changed holds at once."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.appearance_page import AppearancePage
from ui.preferences.catalogue import find
from ui.preferences.editor_page import EditorPage
from ui.preferences.folders_page import FoldersPage
from ui.preferences.found_mark import FoundMark
from ui.preferences.keys_page import KeysPage
from ui.preferences.privacy_page import PrivacyPage
from ui.preferences.program.data_page import DataPage
from ui.preferences.program.desktop_page import DesktopPage
from ui.preferences.program.notifications_page import NotificationsPage
from ui.preferences.program.receiver_page import ReceiverPage
from ui.preferences.program.retention_page import RetentionPage
from ui.preferences.reading_page import ReadingPage
from ui.preferences.traces_page import TracesPage
from ui.preferences.undo_line import UndoLine
from ui.theme import UNIT
from ui.widgets.fields import line_field

PAGES: dict[str, Callable[[PreferencesAccess], QWidget]] = {
    "Appearance": AppearancePage,
    "Keys": KeysPage,
    "Reading": ReadingPage,
    "Editor": EditorPage,
    "Folders": FoldersPage,
    "Traces": TracesPage,
    "Privacy": PrivacyPage,
    "Receiver": ReceiverPage,
    "Retention": RetentionPage,
    "Notifications": NotificationsPage,
    "Data": DataPage,
    "Desktop": DesktopPage,
}
"""By its name what makes each page, in order. Its settings are found by the table in `catalogue`."""

_SIZE = (820, 580)
_FRAME = QSize(2 * UNIT, 6 * UNIT)
_NAMES_WIDTH = 208
_PAGE, _CONTROL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class PreferencesDialog(QDialog):
    """All pages; the one that is shown scrolls where it does not fit."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self.setWindowTitle("Preferences")
        self.setMinimumSize(560, 400)
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableSize() - _FRAME))
        self.search = line_field("Find a setting", hint="Find a setting")
        self.search.setClearButtonEnabled(True)
        self.names = QListWidget()
        self.names.setObjectName("pages")
        self.names.setAccessibleName("Pages")
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self._areas = {name: _area() for name in PAGES}
        for area in self._areas.values():
            self.pages.addWidget(area)
        self._mark = FoundMark()
        self._lay_out()
        self.names.currentItemChanged.connect(lambda item, _before: self._show_item(item))
        self.names.itemActivated.connect(lambda _item: self._enter())
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._enter)
        self.search.installEventFilter(self)
        self._list("")

    def _lay_out(self) -> None:
        left = QWidget()
        left.setObjectName("sidebar")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setFixedWidth(_NAMES_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        field = QHBoxLayout()
        field.setContentsMargins(UNIT, 2 * UNIT, UNIT, 0)
        field.addWidget(self.search)
        column.addLayout(field)
        column.addWidget(self.names, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        right.addWidget(UndoLine(self._access.history))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left)
        layout.addLayout(right, 1)

    def show_page(self, name: str, control: str = "") -> None:
        """Show the page of this name, and go to this control of it. Raises KeyError when there is none."""
        if name not in PAGES:
            raise KeyError(name)
        self.search.clear()
        self.names.setCurrentRow(list(PAGES).index(name))
        if control:
            _focus(getattr(self._page(name), control))
            self._show_control(name, control)

    def _page(self, name: str) -> QWidget:
        """The page of this name; it is made when it is first looked at."""
        if name not in self._made:
            page = PAGES[name](self._access)
            page.setContentsMargins(*(4 * (3 * UNIT,)))
            self._areas[name].setWidget(page)
            self._made[name] = page
        return self._made[name]

    def _list(self, text: str) -> None:
        """List all pages, or with a search those that have what is looked for, and their settings."""
        shown = self.pages.currentIndex()
        self.names.blockSignals(True)
        self.names.clear()
        first: QListWidgetItem | None = None
        for found in find(text, tuple(PAGES)):
            page = self._add(found.page, found.page)
            first = first or page
            for setting in found.settings if text.strip() else ():
                item = self._add(f"    {setting.label}", found.page, setting.control)
                first = item if first is page else first
        self.names.blockSignals(False)
        if not text.strip():
            self._mark.hide()
            self.names.setCurrentRow(max(shown, 0))
        elif first is not None:
            self.names.setCurrentItem(first)
        else:
            self._mark.hide()

    def _add(self, text: str, page: str, control: str = "") -> QListWidgetItem:
        item = QListWidgetItem(text, self.names)
        item.setData(_PAGE, page)
        item.setData(_CONTROL, control)
        item.setSizeHint(QSize(0, 4 * UNIT))
        return item

    def _show_item(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        page, control = item.data(_PAGE), item.data(_CONTROL)
        self._page(page)
        self.pages.setCurrentWidget(self._areas[page])
        if control:
            self._show_control(page, control)
        else:
            self._mark.hide()

    def _show_control(self, page: str, control: str) -> None:
        widget = getattr(self._page(page), control)
        self._areas[page].ensureWidgetVisible(widget, 0, 4 * UNIT)
        if widget.hasFocus():
            self._mark.hide()
        else:
            self._mark.show_around(widget, self._page(page))

    def _enter(self) -> None:
        """Go to the setting that is chosen in the list, or to the first one of its page."""
        if not self.names.count():
            return
        item = self.names.currentItem()
        page = self._page(item.data(_PAGE))
        control = item.data(_CONTROL)
        _focus(getattr(page, control) if control else page)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = self.names.currentRow() + step
                self.names.setCurrentRow(max(0, min(row, self.names.count() - 1)))
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def event(self, event: QEvent) -> bool:
        # Here the keys of undo take back settings, not acts on issues. A text field was asked before.
        if isinstance(event, QKeyEvent) and event.type() in (
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        ):
            keys = QKeySequence.StandardKey
            is_undo, is_redo = event.matches(keys.Undo), event.matches(keys.Redo)
            if (is_undo or is_redo) and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if is_undo or is_redo:
                (self._access.history.undo if is_undo else self._access.history.redo)()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus()
            self.search.selectAll()
        else:
            super().keyPressEvent(event)


def _focus(widget: QWidget) -> None:
    """Give the focus to `widget`, or to the first control in it."""
    within = (
        widget
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        else next(
            (
                each
                for each in widget.findChildren(QWidget)
                if each.focusPolicy() & Qt.FocusPolicy.TabFocus
                and each.isEnabled()
                and each.isVisibleTo(widget)
            ),
            None,
        )
    )
    if within is not None:
        within.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(within, QLineEdit):
            within.selectAll()


def _area() -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
