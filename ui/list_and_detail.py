"""The list and the detail pane, connected: what is selected is shown, and the pane's buttons act on it."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.query import writing
from ui.detail.requests import FilterBy
from ui.issues.pane import IssuesPane

if TYPE_CHECKING:
    from ui.detail.pane import DetailPane

PAUSE_MS = 200
# A key that is held down repeats 25 to 60 times a second, and nobody presses one as often.
REPEAT_MS = 60


class ListAndDetail(QObject):
    """Lets `detail` follow `issues`, and opens the prompts of its buttons next to them.

    What a person passes with a key held down is neither read nor shown: it would be gone before it could be
    seen, and would take the time in which the list has to move. One step alone is shown at once.
    """

    def __init__(self, issues: IssuesPane, detail: "DetailPane") -> None:
        super().__init__(detail)
        self._issues = issues
        self._detail = detail
        acts = issues.actions_done
        self._stepped = 0.0
        self._rest = QTimer(self, singleShot=True)
        self._rest.setInterval(REPEAT_MS)
        self._rest.timeout.connect(self._show)
        issues.issue_shown.connect(self._follow)
        issues.view.key_released.connect(self._arrive)
        # As by a shortcut: the page shows where the focus is.
        issues.reading_requested.connect(lambda: detail.setFocus(Qt.FocusReason.ShortcutFocusReason))
        issues.feed.changed.connect(self._refresh)
        for looked in (issues.feed.started, issues.feed.settled):
            looked.connect(lambda: detail.follow_list(is_empty=issues.model.rowCount() == 0))
        detail.resolve_requested.connect(lambda issue_id: acts.act("resolve", [issue_id]))
        detail.resolve_in_requested.connect(lambda _issue_id: self.ask_release())
        detail.mute_requested.connect(self._ask_mute)
        detail.reopen_requested.connect(lambda issue_id: acts.act("reopen", [issue_id]))
        detail.note_requested.connect(lambda _issue_id: issues.ask_note())
        detail.search_marks.mark(issues.feed.text)
        issues.search_changed.connect(detail.search_marks.mark)
        detail.handle(FilterBy, self._filter)
        # While a key is held down, nothing is read ahead.
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read_ahead)
        detail.shown.connect(lambda _pk: self._pause.start())
        detail.show_issue(issues.view.current_id())

    def _filter(self, request: FilterBy) -> None:
        text = self._issues.feed.text
        excluding = writing.exclude_query(text, request.query)
        self._issues.search_for(excluding if request.is_excluded else request.query)

    def _follow(self, issue_id: int | None) -> None:
        now = monotonic()
        is_passing = issue_id is not None and (now - self._stepped) * 1000 < REPEAT_MS
        self._stepped = now
        if is_passing:
            self._detail.stop_reading()
            self._rest.start()
        else:
            self._rest.stop()
            self._detail.show_issue(issue_id)

    def _arrive(self) -> None:
        """The key is no longer held down."""
        if self._rest.isActive():
            self._rest.stop()
            self._show()

    def _show(self) -> None:
        self._detail.show_issue(self._issues.view.current_id())

    def ask_release(self) -> None:
        """Ask in which release the shown issue is resolved; nothing happens where it has none."""
        shown = self._detail.detail
        if shown is not None:
            place = below(self._detail.actions_bar.resolve_button)
            self._issues.prompts.resolve_in([shown.issue.id], shown.releases, place)

    def _ask_mute(self, issue_id: int) -> None:
        self._issues.prompts.mute([issue_id], below(self._detail.actions_bar.mute_button))

    def _read_ahead(self) -> None:
        """Read the events of the rows below and above the current one."""
        row, model = self._issues.view.currentIndex().row(), self._issues.model
        beside = [other for other in (row + 1, row - 1) if row >= 0 and 0 <= other < model.rowCount()]
        self._detail.read_ahead([model.issue(other).id for other in beside])

    def _refresh(self, changed: frozenset[int]) -> None:
        self._detail.forget(changed)
        if self._issues.view.current_id() in changed:
            self._detail.refresh()


def below(button: QWidget) -> QPoint:
    """The place of the screen at which a menu of this button opens."""
    return button.mapToGlobal(button.rect().bottomLeft())
