"""Offers keys, values and recent searches below the search field while a person types in it.

Nothing is chosen by itself: Enter searches for what is typed until a person has gone to a line.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app import store
from app.query import completion
from app.query.completion import Suggestion, Wanted
from app.query.fields import Kind
from ui.issues.search import recent
from ui.issues.search.field import SearchField
from ui.issues.search.language_help import LanguageHelp
from ui.issues.search.suggestion_list import Item, SuggestionList
from ui.link.background import Ticket
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.theme import appearance
from ui.widgets import icons
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.search.value_counts import ValueCounts

_ACCEPTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Completing(QObject):
    """Serves one search field. `list` is what it shows."""

    def __init__(self, field: SearchField, access: StoreAccess, preferences: PreferencesAccess) -> None:
        super().__init__(field)
        self._field = field
        self._access = access
        self._preferences = preferences
        self.list = SuggestionList(self._field)
        self._offered: list[Suggestion] = []
        self._recent: tuple[str, ...] = ()
        self._wanted: Wanted | None = None
        self._known: tuple[tuple[str, int], ...] = ()
        self._is_all = True
        self._hints: Mapping[str, str] = {}
        self._ticket: Ticket | None = None
        self._add_buttons()
        # An event filter that is installed later is asked first.
        self._field.installEventFilter(self)
        self._field.textEdited.connect(self._offer)
        self.list.picked.connect(self._accept)
        self.list.dropped.connect(self._drop)
        field.left.connect(self._remember)

    def show_recent(self) -> None:
        """Offer the recent searches."""
        self._recent = self._preferences.chosen.recent_searches
        self._offered = []
        self.list.open_with([Item(text, icon="clock", can_go=True) for text in self._recent])

    def show_keys(self) -> None:
        """Offer what fits the cursor's place and, where nothing is typed there, every key."""
        self._offer()
        if not self.list.isVisible():
            place = completion.wanted(self._field.text(), self._field.cursorPosition())
            before = self._field.text()[: self._field.cursorPosition()]
            if place is None and (not before or before[-1].isspace()):
                self._show(completion.all_keys(self._field.cursorPosition()))

    def _add_buttons(self) -> None:
        position = QLineEdit.ActionPosition.TrailingPosition
        self._help = self._field.addAction(icons.icon("information"), position)
        self._help.setText("What can be searched for")
        set_tooltip(self._help, "What can be searched for (F1)")
        self._help.triggered.connect(lambda: LanguageHelp(self._field.window()).open())
        self._clock = self._field.addAction(icons.icon("clock"), position)
        self._clock.setText("Recent searches")
        set_tooltip(self._clock, "Recent searches (Down in the empty field)")
        self._clock.triggered.connect(self._flip_recent)
        appearance().themeChanged.connect(self._show_icons)

    def _show_icons(self) -> None:
        self._help.setIcon(icons.icon("information"))
        self._clock.setIcon(icons.icon("clock"))

    def _flip_recent(self) -> None:
        if self.list.isVisible() and self._recent:
            self.list.hide()
        else:
            self._field.setFocus()
            self.show_recent()

    # -- what is offered ------------------------------------------------------------------------------------

    def _offer(self) -> None:
        text, cursor = self._field.text(), self._field.cursorPosition()
        wanted = completion.wanted(text, cursor)
        if wanted != self._wanted:
            self._ask(wanted)
        self._show(completion.suggestions(text, cursor, self._known, self._hints))

    def _ask(self, wanted: Wanted | None) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        before, self._wanted = self._wanted, wanted
        if wanted is None or before is None or (wanted.kind, wanted.name) != (before.kind, before.name):
            # Those of the letters before go on being shown as far as they fit.
            self._known = ()
        if wanted is not None:
            self._ticket = self._access.read(
                lambda connection: _values(connection, wanted), lambda found: self._take(wanted, found)
            )

    def _take(self, wanted: Wanted, found: "ValueCounts") -> None:
        self._ticket = None
        if wanted != self._wanted:
            return
        self._known, self._is_all, self._hints = found.values, found.is_all, found.hints
        if self._field.hasFocus():
            text, cursor = self._field.text(), self._field.cursorPosition()
            self._show(completion.suggestions(text, cursor, self._known, self._hints))

    def _show(self, offered: list[Suggestion]) -> None:
        chosen = self.list.chosen() if self.list.isVisible() else None
        kept = self._offered[chosen] if chosen is not None and chosen < len(self._offered) else None
        self._recent, self._offered = (), offered
        more = "" if self._is_all else "+"
        self.list.open_with(
            [
                Item(each.shown, each.hint, "" if each.count is None else f"{each.count:,}{more}")
                for each in offered
            ]
        )
        if kept is not None and kept in offered:
            self.list.step(offered.index(kept) + 1)

    # -- what a person does with it ----------------------------------------------------------------------

    def _accept(self, number: int) -> None:
        if self._recent:
            text = self._recent[number]
            self.list.hide()
            self._field.search_requested.emit(text)
            return
        each = self._offered[number]
        after = self._field.text()[each.end : each.end + 1]
        gap = " " if each.is_whole and after not in (" ", ")") else ""
        self._field.replace(each.start, each.end, each.text + gap)
        self._field.setFocus()
        self._offer()

    def _drop(self, number: int) -> None:
        gone = self._recent[number]
        self._preferences.change(
            recent_searches=recent.without_search(self._preferences.chosen.recent_searches, gone)
        )
        self.show_recent()

    def _remember(self) -> None:
        self.list.hide()
        before = self._preferences.chosen.recent_searches
        after = recent.with_search(before, self._field.text())
        if after != before:
            self._preferences.change(recent_searches=after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self._handle(event):
                return True
        elif isinstance(event, QFocusEvent) and event.lostFocus():
            self.list.hide()
            if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
                self._remember()
        return super().eventFilter(watched, event)

    def _handle(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.show_keys()
            return True
        if key == Qt.Key.Key_F1:
            self._help.trigger()
            return True
        if not self.list.isVisible():
            if key == Qt.Key.Key_Down and not self._field.text():
                self.show_recent()
                self._step(1)
            return self.list.isVisible()
        return self._handle_in_list(key)

    def _step(self, by: int) -> None:
        self.list.step(by)
        # The focus stays in the field: that is where a screen reader is told of the line.
        chosen = self.list.chosen()
        line = None if chosen is None else self.list.lines.index(chosen)
        self._field.setAccessibleDescription(
            "" if line is None else str(line.data(Qt.ItemDataRole.AccessibleTextRole))
        )

    def _handle_in_list(self, key: int) -> bool:
        chosen = self.list.chosen()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        if key == Qt.Key.Key_Tab and chosen is None:
            chosen = 0
        if key in _ACCEPTING and chosen is not None:
            self._accept(chosen)
            return True
        if key == Qt.Key.Key_Delete and chosen is not None and self._recent:
            self._drop(chosen)
            return True
        return False


def _values(connection: "Connection", wanted: Wanted) -> "ValueCounts":
    counts = store.value_counts
    if wanted.kind is Kind.PROJECT:
        return counts.projects(connection, wanted.part)
    if wanted.kind is Kind.RUN:
        return counts.runs(connection, wanted.part)
    if wanted.kind is Kind.TEXT:
        return counts.types(connection, wanted.part)
    if wanted.kind is Kind.HAS:
        return counts.tag_names(connection, wanted.part)
    return counts.of_tag(connection, wanted.name, wanted.part)
