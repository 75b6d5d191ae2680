"""The middle pane: title, search, the list, and what a person does to it."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.model import Issue, IssueState
from app.plain_text import compact_line
from app.query.highlight import Highlighter
from app.sorting import Sort
from ui.issues.actions import IssueActions, Verb
from ui.issues.facets.list_survey import ListSurvey
from ui.issues.feed import IssueFeed
from ui.issues.filter_bar import FilterBar
from ui.issues.list_view import IssueListView
from ui.issues.model import IssueListModel
from ui.issues.prompts import Prompts
from ui.issues.row.metrics import Density
from ui.issues.search.explaining import Explaining, Offer, Way
from ui.issues.selection.bar import SelectionBar
from ui.issues.selection.menu import menu_of
from ui.issues.selection.selection import ListSelection
from ui.issues.stream.pill import ArrivalsPill
from ui.issues.stream.spots import Spot
from ui.issues.stream.tools import DENSITY_FROM, ListTools
from ui.issues.whereabouts import Whereabouts
from ui.link.store_access import StoreAccess
from ui.places import Place
from ui.theme import UNIT
from ui.undo import UndoStack
from ui.widgets.hint import NOTHING_ARRIVES, SEARCHING, Hint, nothing_in

SEEN_AFTER_MS = 600


class IssuesPane(QWidget):
    """Owns the list, its feed and its actions. `issue_shown` carries the current issue's id, or None.

    `search_changed` carries what is searched for. `search_elsewhere`: another list is to be searched.
    `missing`: an issue that was to be selected is not in the list. `density_chosen`: another one was.
    """

    issue_shown = Signal(object)
    reading_requested = Signal()
    search_elsewhere = Signal(object, str)
    search_changed = Signal(str)
    missing = Signal(int)
    density_chosen = Signal(object)

    def __init__(self, store: StoreAccess, undo: UndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self.model = IssueListModel(self)
        self.feed = IssueFeed(store, self.model, self)
        self.actions_done = IssueActions(store, undo, self)
        self.prompts = Prompts(self.actions_done, self)
        self.filter_bar = FilterBar()
        self.view = IssueListView(self.model)
        self.selection = ListSelection(self.view, self.feed, store, self)
        self.bar = SelectionBar()
        self._hint = Hint()
        self._why_nothing_arrives = ""
        self._explaining = Explaining(store, self)
        self._number: int | None = None
        self._menu_names: Sequence[str] = ()
        self._commands: Mapping[str, QAction] = {}
        self._seen = QTimer(self, singleShot=True)
        self._seen.setInterval(SEEN_AFTER_MS)
        self._shown_id: int | None = None
        self._left_unread: int | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._hint)
        # Which of them is shown must not change how wide the pane is.
        self.pill = ArrivalsPill(self._stack, self)
        self.tools = ListTools()
        self.filter_bar.add_tool(self.tools)
        self.whereabouts = Whereabouts(self.feed, self.model, self.view, self)
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.survey = ListSurvey(store, self.feed, self.model, self.filter_bar.search.text, self)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        self.survey.column_made.connect(lambda column: beside.insertWidget(0, column))
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        beside.addLayout(layout, 1)
        layout.addWidget(self.filter_bar)
        layout.addWidget(self.survey.histogram)
        self.filter_bar.add_tool(self.survey.histogram_button)
        self.filter_bar.add_tool(self.survey.facets_button)
        # The pill stands here, above the first row's text.
        layout.addSpacing(UNIT // 2)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.bar)
        self._connect()

    def _connect(self) -> None:
        self.filter_bar.searched.connect(self._search)
        self.filter_bar.list_requested.connect(self._go_to_list)
        self.view.current_changed.connect(self._show_issue)
        self.view.opened.connect(self._open)
        self.view.menu_requested.connect(self._open_menu)
        self.view.end_requested.connect(self.feed.go_to_end)
        self.view.let_go.connect(self.feed.let_in)
        self.view.show_sparklines(self.survey.sparklines)
        self.survey.sparklines.changed.connect(self.view.viewport().update)
        self.survey.search_requested.connect(self.filter_bar.search_for)
        self.survey.left.connect(self._go_to_list)
        self.feed.hold_rows(self.view.held_rows)
        self.feed.hold(self.view.is_held)
        self.feed.pending_changed.connect(self.pill.show_pending)
        self.whereabouts.there.connect(self._describe)
        self.whereabouts.nothing_selected.connect(lambda: self._show_issue(None))
        self.whereabouts.missing.connect(self.missing)
        self.feed.settled.connect(self._describe)
        self.pill.clicked.connect(self.whereabouts.show_arrivals)
        self.tools.sort_chosen.connect(self.sort_by)
        self.tools.density_chosen.connect(self.set_density)
        self.tools.density_chosen.connect(self.density_chosen)
        self.feed.changed.connect(self._look_again)
        self.actions_done.committed.connect(self.feed.ring)
        self._seen.timeout.connect(self._mark_seen)
        undo = self.actions_done.stack
        undo.progressed.connect(lambda _sentence: self.feed.expect_mass_change(True))
        for ended in (undo.acted, undo.undone, undo.message):
            ended.connect(lambda: self.feed.expect_mass_change(False))
        self._explaining.explained.connect(self._offer_ways)
        self.selection.changed.connect(self._show_selection)
        self.selection.left.connect(lambda: self.filter_bar.search_for(""))
        self.bar.requested.connect(lambda name: self._commands[name].trigger())
        self.bar.all_requested.connect(self.selection.select_by_rule)
        self.bar.clear_requested.connect(self._clear_selection)

    def _offer_ways(self, offers: list[Offer]) -> None:
        def go(way: Way) -> None:
            if way.place == self.feed.place:
                self.search_for(way.text)
            else:
                self.search_elsewhere.emit(way.place, way.text)

        self._hint.offer([(each.label, partial(go, each.way)) for each in offers])

    def show_place(self, place: Place) -> None:
        """Show another list, where one was in it before; or the beginning of the same list."""
        self.go_to(self.whereabouts.spot_in(place))

    def go_to(self, spot: Spot) -> None:
        """Show a list, and go to a spot in it."""
        place = spot.place
        self.filter_bar.show_text(spot.text)
        self.view.show_project(place.project is None)
        if place != self.feed.place:
            self._number = None
        self.whereabouts.go_to(spot)
        self._mark(spot.text)
        self.filter_bar.describe(place.title, None if spot.text else self._number)
        self.tools.show_state(self.feed.sort, self.view.density)

    def state(self) -> str:
        """Where one is and how lists are sorted, to be stored."""
        where = self.whereabouts
        return where.spots.encode(where.going_to(), self.view.density)

    def restore(self, state: str) -> Spot:
        """Take over what was stored; the spot that is to be shown first."""
        restored = self.whereabouts.spots.decode(state)
        self.set_density(restored.density)
        return restored.spot

    def set_density(self, density: Density) -> None:
        """Give rows this much room."""
        if density is not self.view.density:
            self.view.set_density(density)
        self.tools.show_state(self.feed.sort, density)

    def sort_by(self, sort: Sort) -> None:
        """Sort the list that is shown by this, now and from now on."""
        self.whereabouts.sort_by(sort)
        self.tools.show_state(sort, self.view.density)

    def show_arrivals(self) -> None:
        """Show what has come, at the beginning of the list."""
        self.whereabouts.show_arrivals()

    def select_issue(self, issue_id: int) -> None:
        """Put the cursor on an issue, wherever it is in the list; `missing` if it is not in it."""
        self.whereabouts.select_issue(issue_id)

    def select_if_listed(self, issue_id: int) -> None:
        """Put the cursor on an issue that has just been changed, if it is in the list then."""
        self.whereabouts.select_if_listed(issue_id)

    @property
    def sort(self) -> str:
        """The order of the list, as a view that is saved has it; empty for the usual one."""
        return "" if self.feed.sort is Sort.LAST_SEEN else self.feed.sort.value

    def set_number(self, number: int | None) -> None:
        """How many issues the place has, when there is no search."""
        self._number = number
        self.selection.set_number(number)
        self._describe()

    def set_commands(self, actions: Mapping[str, QAction], menu: Sequence[str]) -> None:
        """The window's commands by name, and those of the context menu, as far as they apply."""
        self._commands, self._menu_names = actions, menu

    def focus_target(self) -> QWidget:
        """What the focus goes to: the list, or the search of an empty one."""
        return self.view if self.view.isVisible() else self.filter_bar.search

    def act(self, verb: Verb) -> None:
        """Do this to the selected issues for which it makes sense."""
        self.selection.collect(
            lambda issue_ids: self.actions_done.act(verb, issue_ids), partial(_makes_sense, verb)
        )

    def toggle_pin(self) -> None:
        """Pin the selected issues or, when all of them are pinned, take their pins off."""
        pins = not all(issue.pinned for issue in self.view.selected())
        self.selection.collect(lambda issue_ids: self.actions_done.pin(issue_ids, pins))

    def ask_mute(self) -> None:
        """Ask how long to mute the selected issues."""
        place, is_above = self.place_of("mute"), self.bar.isVisible()
        self.selection.collect(lambda ids: self.prompts.mute(ids, place, is_above=is_above))

    def place_of(self, command: str) -> QPoint:
        """Where a menu of this command opens, on the screen: at its button, or at the row."""
        return self.bar.place_of(command) if self.bar.isVisible() else self._place_of_current()

    def ask_note(self) -> None:
        """Ask for a note on the current issue."""
        issue = self._shown()
        if issue is not None:
            self.prompts.note(issue.id, compact_line(issue.title))

    def _place_of_current(self) -> QPoint:
        view = self.view
        row = view.visualRect(view.currentIndex()).intersected(view.viewport().rect())
        return view.viewport().mapToGlobal(row.bottomLeft() if row.isValid() else view.rect().center())

    def search_for(self, text: str) -> None:
        """Search as if a person had typed `text`, and go to the list."""
        self.filter_bar.search_for(text)
        self._go_to_list()

    def toggle_read(self) -> None:
        """Mark the selected issues as read or, when all of them are, as unread."""
        self._seen.stop()
        reads = any(issue.unread for issue in self.view.selected())
        self._left_unread = None if reads else self._shown_id
        self.act("read" if reads else "unread")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.survey.fit(self.width())
        self.tools.fit(self.width())
        self.survey.histogram_button.setVisible(self.width() >= DENSITY_FROM)

    def _search(self, text: str) -> None:
        if text == self.feed.text:
            return
        before = self.whereabouts.search(text, self._shown_id)
        if before is None:
            self._mark(text)
        else:
            self.go_to(before)

    def _mark(self, text: str) -> None:
        """Mark what is searched for in the rows, and let others do so."""
        found = Highlighter(text)
        self.view.mark(found.ranges if found else None)
        self.search_changed.emit(text)

    def _go_to_list(self) -> None:
        if not self.view.isVisible():
            # It would take the focus when it has rows again: out of the search that is being mended.
            return
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.view.select_row(0)

    def _show_issue(self, issue_id: int | None) -> None:
        if issue_id == self._shown_id:
            return
        self._shown_id = issue_id
        self._left_unread = None
        self.feed.hold_unread(issue_id)
        self.issue_shown.emit(issue_id)
        self._await_seen()

    def _await_seen(self) -> None:
        issue = self._shown()
        if issue is not None and issue.unread and issue.id != self._left_unread:
            self._seen.start()
        else:
            self._seen.stop()

    def _mark_seen(self) -> None:
        issue = self._shown()
        if issue is not None and issue.unread and self.window().isActiveWindow():
            self.actions_done.mark_seen(issue.id)

    def _look_again(self, ids: frozenset[int]) -> None:
        if self._shown_id in ids and not self._seen.isActive():
            self._await_seen()

    def _open(self, issue_id: int) -> None:
        self._seen.stop()
        issue = self._shown()
        if issue is not None and issue.unread:
            self.actions_done.mark_seen(issue_id)
        self.reading_requested.emit()

    def _shown(self) -> Issue | None:
        row = None if self._shown_id is None else self.model.row_of(self._shown_id)
        return None if row is None else self.model.issue(row)

    def _open_menu(self, place: QPoint) -> None:
        menu = menu_of(self.selection.selected, self._menu_names, self._commands, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _show_selection(self) -> None:
        selection = self.selection
        if selection.is_many:
            self.bar.show_selected(selection.selected, selection.number, has_more=selection.has_more)
        elif self.bar.isVisible() and self.bar.isAncestorOf(QApplication.focusWidget() or self):
            # What has the focus goes: the list has it next.
            self.view.setFocus()
        self.bar.setVisible(selection.is_many)

    def _clear_selection(self) -> None:
        self.selection.clear()
        self.view.setFocus()

    def explain_emptiness(self, why: str) -> None:
        """While no error can arrive, an empty list says so: `why` is the sentence; empty, they can."""
        self._why_nothing_arrives = why
        self._describe()

    def _describe(self) -> None:
        place, text, found = self.feed.place, self.feed.text, self.feed.number
        empty = self.model.rowCount() == 0
        if empty:
            is_looking = found is not None and not found.is_final
            shown = SEARCHING if is_looking else nothing_in(place, text)
            if self._why_nothing_arrives and not text:
                shown = (NOTHING_ARRIVES, self._why_nothing_arrives)
            self._hint.show_message(*shown)
        if empty and text and found is not None and found.is_final:
            self._explaining.ask(place, text)
        else:
            self._explaining.forget()
        self._stack.setCurrentIndex(int(empty))
        if text and found is not None:
            self.filter_bar.describe(place.title, found.found, is_final=found.is_final)
            return
        number = self._number
        if number is None and self.model.is_from_top and not self.model.canFetchMore():
            number = self.model.rowCount()
        self.filter_bar.describe(place.title, number)


def _makes_sense(verb: Verb, issue: Issue) -> bool:
    if verb == "resolve":
        return issue.state is not IssueState.RESOLVED
    if verb == "reopen":
        return issue.state in (IssueState.RESOLVED, IssueState.MUTED)
    return issue.unread == (verb == "read")
