"""The bar above the list: its title, its number of issues, and the search."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.issues.search.field import SearchField
from ui.issues.search.problem_line import ProblemLine
from ui.theme import UNIT, appearance, font_title
from ui.widgets import icons
from ui.widgets.plain_label import OneLineLabel, PlainLabel
from ui.widgets.tooltip import set_tooltip

# Letters that come together are one search. Its first page takes 20 ms, and what follows is ended by the next
# letter: there is no need to wait for a pause in typing.
DEBOUNCE_MS = 10
# In a narrower field, what is typed has all the room there is.
ICONS_FROM = 260


class FilterBar(QWidget):
    """`searched` carries the text when typing pauses. Down, Enter and Esc go from the field to the list.

    `resized` carries its new width.
    """

    searched = Signal(str)
    list_requested = Signal()
    save_requested = Signal()
    resized = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = OneLineLabel()
        self._title.setFont(font_title())
        self._number = PlainLabel()
        self._number.setObjectName("muted")
        self.search = SearchField()
        self.search.installEventFilter(self)
        self.problem = ProblemLine(self.search)
        for asked in (self.problem.mended, self.search.search_requested):
            asked.connect(self.search_for)
        self._glass = self.search.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.search.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText("Clear the search")
        set_tooltip(self._clear, "Clear the search (Esc)")
        self._clear.setVisible(False)
        self._save = self.search.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        set_tooltip(self._save, "Save this search as a view", "save_view")
        self._save.setVisible(False)
        self._save.triggered.connect(self.save_requested)
        self._clear.triggered.connect(self.search.clear)
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(self._search)
        self.search.textChanged.connect(self._typed)
        self._lay_out()
        appearance().themeChanged.connect(self._show_icons)
        self._show_icons()

    def _lay_out(self) -> None:
        self._line = line = QHBoxLayout()
        line.setSpacing(UNIT)
        line.addWidget(self._title)
        line.addWidget(self._number, 1, Qt.AlignmentFlag.AlignBaseline)
        # Close together: a title needs the room beside them.
        self._tools = QHBoxLayout()
        self._tools.setSpacing(0)
        line.addLayout(self._tools)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 2 + 4, UNIT * 2, UNIT * 2 + 4, UNIT)
        layout.setSpacing(UNIT + 4)
        layout.addLayout(line)
        layout.addWidget(self.search)
        layout.addWidget(self.problem)

    def _show_icons(self) -> None:
        self._glass.setIcon(icons.icon("search"))
        self._clear.setIcon(icons.icon("close"))
        self._save.setIcon(icons.icon("save"))

    def add_tool(self, tool: QWidget) -> None:
        """Put a tool at the end of the title's line."""
        self._tools.addWidget(tool)

    def describe(self, title: str, number: int | None, *, is_final: bool = True) -> None:
        """Show the list's title, and the number of its issues if that is known.

        Not `is_final`: there may be more, and the number is rounded down.
        """
        self._title.setText(title)
        self._number.setText("" if number is None else f"{number:,}" if is_final else _at_least(number))
        self.setAccessibleName(title)

    def add_beside_title(self, widget: QWidget) -> None:
        """Put something behind the title and its number."""
        self._line.insertWidget(2, widget)

    def show_text(self, text: str) -> None:
        """Have this text in the field without asking for another search."""
        if text != self.search.text():
            self.search.setText(text)
        self._pause.stop()

    def search_for(self, text: str) -> None:
        """Put `text` into the field, and search at once."""
        self.search.setText(text)
        self._search()

    def focus(self) -> None:
        """Put the cursor into the field, what is in it selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._leave()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.search.clear()
                self._leave()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._fit()
        self._pause.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.resized.emit(self.width())

    def _fit(self) -> None:
        """In a narrow field, leave the room to what is typed: of the icons behind it, one clears it."""
        text = self.search.text()
        has_room = not text or self.search.width() >= ICONS_FROM
        for icon in self.search.actions():
            if icon not in (self._glass, self._clear):
                icon.setVisible(has_room and (icon is not self._save or bool(text)))

    def _leave(self) -> None:
        self._search()
        self.problem.show_all()
        self.search.left.emit()
        self.list_requested.emit()

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.search.text().strip())


def _at_least(number: int) -> str:
    step = next((step for step in (1_000, 100, 10) if number >= step), 1)
    return f"{number - number % step:,}+"
