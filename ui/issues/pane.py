"""The middle pane: title, search, the list, and what a person does to it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.model import Issue, IssueState
from app.plain_text import compact_line
from ui.issues.actions import IssueActions, Verb
from ui.issues.feed import IssueFeed
from ui.issues.filter_bar import FilterBar
from ui.issues.list_view import IssueListView
from ui.issues.model import IssueListModel
from ui.issues.prompts import Prompts
from ui.link.store_access import StoreAccess
from ui.places import Place
from ui.undo import UndoStack
from ui.widgets.hint import SEARCHING, Hint, nothing_in

SEEN_AFTER_MS = 600


class IssuesPane(QWidget):
    """Owns the list, its feed and its actions. `issue_shown` carries the current issue's id, or None."""

    issue_shown = Signal(object)
    reading_requested = Signal()

    def __init__(self, store: StoreAccess, undo: UndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self.model = IssueListModel(self)
        self.feed = IssueFeed(store, self.model, self)
        self.actions_done = IssueActions(store, undo, self)
        self.prompts = Prompts(self.actions_done, self)
        self.filter_bar = FilterBar()
        self.view = IssueListView(self.model)
        self._hint = Hint()
        self._number: int | None = None
        self._menu_actions: Sequence[QAction] = ()
        self._seen = QTimer(self, singleShot=True)
        self._seen.setInterval(SEEN_AFTER_MS)
        self._shown_id: int | None = None
        self._left_unread: int | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._hint)
        # Which of them is shown must not change how wide the pane is.
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filter_bar)
        layout.addWidget(self._stack, 1)
        self._connect()

    def _connect(self) -> None:
        self.filter_bar.searched.connect(self._search)
        self.filter_bar.list_requested.connect(self._go_to_list)
        self.view.current_changed.connect(self._show_issue)
        self.view.opened.connect(self._open)
        self.view.menu_requested.connect(self._open_menu)
        self.view.end_requested.connect(self.feed.go_to_end)
        self.view.top_requested.connect(self.feed.go_to_top)
        self.feed.hold_rows(self.view.held_rows)
        self.feed.jumped.connect(self._select_outermost)
        self.feed.started.connect(self._describe)
        self.feed.settled.connect(self._describe)
        self.feed.changed.connect(self._look_again)
        self.actions_done.committed.connect(self.feed.ring)
        self._seen.timeout.connect(self._mark_seen)

    def show_place(self, place: Place) -> None:
        """Show another list."""
        self.filter_bar.clear()
        self.view.show_project(place.project is None)
        self._number = None
        text = "" if place.saved is None else place.saved.text
        self.feed.show(place, text)
        if text:
            self.filter_bar.search_for(text)
        self.filter_bar.describe(place.title, None)

    @property
    def sort(self) -> str:
        """The order of the list, as a view that is saved has it; empty for the usual one."""
        return ""

    def set_number(self, number: int | None) -> None:
        """How many issues the place has, when there is no search."""
        self._number = number
        self._describe()

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What the context menu offers."""
        self._menu_actions = actions

    def act(self, verb: Verb) -> None:
        """Do this to the selected issues for which it makes sense."""
        self.actions_done.act(verb, [issue.id for issue in self.view.selected() if _makes_sense(verb, issue)])

    def ask_mute(self) -> None:
        """Ask how long to mute the selected issues."""
        self.prompts.mute([issue.id for issue in self.view.selected()], self._place_of_current())

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

    def _search(self, text: str) -> None:
        if text != self.feed.text:
            self.feed.show(self.feed.place, text)

    def _select_outermost(self, last: bool) -> None:
        self.view.select_row(self.model.rowCount() - 1 if last else 0)

    def _go_to_list(self) -> None:
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.view.select_row(0)

    def _show_issue(self, issue_id: int | None) -> None:
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
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions(self._menu_actions)
        menu.popup(place)

    def _describe(self) -> None:
        place, text, found = self.feed.place, self.feed.text, self.feed.number
        empty = self.model.rowCount() == 0
        if empty:
            is_looking = found is not None and not found.is_final
            self._hint.show_message(*(SEARCHING if is_looking else nothing_in(place, text)))
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
