"""The detail pane with everything that serves it, and the commands that act on the shown event.

Made when the window has been painted: it brings half of the window's code.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ui.detail.around import AroundReader
from ui.detail.comparison.comparison_controller import ComparisonController
from ui.detail.event_columns import EventColumns
from ui.detail.pane import DetailPane
from ui.detail.requests import ResolveAtCommit, SaveFile, ShowIssue
from ui.editors.controller import EditorController
from ui.fixes.controller import FixController
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.list_and_detail import ListAndDetail, below
from ui.main_window import MainWindow
from ui.replay.replay_controller import ReplayController
from ui.saving import Saving
from ui.trackers.tracker_controller import TrackerController

_EVENTS = ("first", "previous", "next", "last")


class DetailServices(QObject):
    """`say` shows a sentence to the person. `issue_requested`: another issue is to be shown, by its id."""

    issue_requested = Signal(int)

    def __init__(
        self,
        window: MainWindow,
        store: StoreAccess,
        lookups: Background,
        preferences: PreferencesAccess,
        say: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        issues = window.issues
        self._issues = issues
        self.pane = DetailPane(store, lookups, preferences)
        window.set_detail(self.pane)
        self.list_and_detail = ListAndDetail(issues, self.pane)
        self.around = AroundReader(self.pane, store)
        self.comparison = ComparisonController(window, store, lookups, preferences, self.pane)
        self.editors = EditorController(window, self.pane, preferences, lookups, say)
        self.fixes = FixController(issues.actions_done, store, lookups, preferences, say, window)
        self.replay = ReplayController(window, store, lookups, preferences, self.pane)
        self.trackers = TrackerController(window, store, lookups, preferences, self.pane)
        self.saving = Saving(window, lookups, self)
        self.saving.message.connect(say)
        self.pane.handle(SaveFile, self.saving.ask)
        self.pane.handle(ShowIssue, lambda request: self.issue_requested.emit(request.issue_id))
        self.comparison.serve(self.pane)
        EventColumns(preferences, self.pane).serve(self.pane)
        self.pane.handle(ResolveAtCommit, lambda _request: self.resolve_at_commit())
        self.pane.actions_bar.replay_requested.connect(self.replay.open)
        self.pane.actions_bar.track_requested.connect(self.trackers.open)
        self.commands: Mapping[str, Callable[[], None]] = {
            "resolve_in": self.list_and_detail.ask_release,
            "resolve_at": self.resolve_at_commit,
            "open": self.editors.open_meant,
            "find": self.find,
            "find_next": lambda: self.pane.find_next(1),
            "find_previous": lambda: self.pane.find_next(-1),
            "compare": self.pane.actions_bar.open_compare_menu,
            "replay": self.replay.open,
            "track": self.trackers.open,
            "copy_again": self.pane.copy_event,
            **{f"event_{where}": partial(self._go_to_event, where) for where in _EVENTS},
        }

    def run(self, command: str) -> None:
        """Run the command of this name (`ui.commands`) on the shown event; nothing without one."""
        if command.startswith("section_"):
            self.pane.jump_bar.go(int(command.removeprefix("section_")))
        elif command == "find" or self.pane.detail is not None:
            self.commands[command]()

    def _go_to_event(self, where: str) -> None:
        self.pane.actions_bar.navigation.go(where)

    def find(self) -> None:
        """Find in what is read: in the event where that has the focus, else in the list."""
        focused = QApplication.focusWidget()
        if focused is not None and self.pane.isAncestorOf(focused):
            self.pane.find_text()
        else:
            self._issues.filter_bar.focus()

    def resolve_at_commit(self) -> None:
        """Ask at which commit the shown issue is resolved."""
        if (shown := self.pane.detail) is not None:
            place = below(self.pane.actions_bar.resolve_button)
            self.fixes.resolve_at([shown.issue.id], shown.event, place)

    def close(self) -> None:
        """Close the dialogs, and end what is under way."""
        for controller in (self.comparison, self.editors, self.replay, self.trackers):
            controller.close()
