"""The list and the detail pane, connected: what is selected is shown, and the pane's buttons act on it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

from ui.detail.requests import FilterBy
from ui.issues.pane import IssuesPane

if TYPE_CHECKING:
    from ui.detail.pane import DetailPane

PAUSE_MS = 200


class ListAndDetail(QObject):
    """Lets `detail` follow `issues`, and opens the prompts of its buttons next to them."""

    def __init__(self, issues: IssuesPane, detail: "DetailPane") -> None:
        super().__init__(detail)
        self._issues = issues
        self._detail = detail
        acts = issues.actions_done
        issues.issue_shown.connect(detail.show_issue)
        issues.reading_requested.connect(detail.setFocus)
        issues.feed.changed.connect(self._refresh)
        detail.resolve_requested.connect(lambda issue_id: acts.act("resolve", [issue_id]))
        detail.resolve_in_requested.connect(lambda _issue_id: self.ask_release())
        detail.mute_requested.connect(self._ask_mute)
        detail.reopen_requested.connect(lambda issue_id: acts.act("reopen", [issue_id]))
        detail.note_requested.connect(lambda _issue_id: issues.ask_note())
        detail.handle(FilterBy, lambda request: issues.search_for(request.query))
        # While a key is held down, nothing is read ahead.
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read_ahead)
        detail.shown.connect(lambda _pk: self._pause.start())
        detail.show_issue(issues.view.current_id())

    def ask_release(self) -> None:
        """Ask in which release the shown issue is resolved; nothing happens where it has none."""
        shown = self._detail.detail
        if shown is not None:
            place = _below(self._detail.actions_bar.resolve_button)
            self._issues.prompts.resolve_in([shown.issue.id], shown.releases, place)

    def _ask_mute(self, issue_id: int) -> None:
        self._issues.prompts.mute([issue_id], _below(self._detail.actions_bar.mute_button))

    def _read_ahead(self) -> None:
        """Read the events of the rows below and above the current one."""
        row, model = self._issues.view.currentIndex().row(), self._issues.model
        beside = [other for other in (row + 1, row - 1) if row >= 0 and 0 <= other < model.rowCount()]
        self._detail.read_ahead([model.issue(other).id for other in beside])

    def _refresh(self, changed: frozenset[int]) -> None:
        self._detail.forget(changed)
        if self._issues.view.current_id() in changed:
            self._detail.refresh()


def _below(button: QWidget) -> QPoint:
    return button.mapToGlobal(button.rect().bottomLeft())
