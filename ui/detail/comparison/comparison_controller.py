"""Reads what is to be compared off the UI thread, and shows it in the one dialog of comparisons."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import issue_overview, user_agent_process
from ui.detail import comparison
from ui.detail.comparison.sections import PartSection, UnusualSection
from ui.detail.page.section import PageSection
from ui.detail.requests import CompareEvents, CompareWithUsual
from ui.link.background import Background, Ticket
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.wording import local

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window imports off the UI thread only
    from app.issue_overview.differences import Part
    from app.issue_overview.usual import Comparison
    from app.model import Event
    from app.store.database import Connection
    from ui.detail.comparison.dialog import ComparisonDialog
    from ui.detail.pane import DetailPane

T = TypeVar("T")

_GONE = "An event that was to be compared is no longer stored: retention has removed it."


class ComparisonController(QObject):
    """Opens comparisons over `window`. Of several requests, only the last is answered."""

    def __init__(
        self,
        window: QWidget,
        store: StoreAccess,
        lookups: Background,
        preferences: PreferencesAccess,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self._lookups = lookups
        self._preferences = preferences
        self._ticket: Ticket | None = None
        self.dialog: ComparisonDialog | None = None

    def serve(self, pane: "DetailPane") -> None:
        """Handle what the pane's sections and buttons ask for."""
        pane.handle(CompareEvents, self.compare)
        pane.handle(CompareWithUsual, self.compare_with_usual)

    def compare(self, request: CompareEvents) -> None:
        """Show two events side by side, the earlier one at the left."""
        numbers = sorted((request.one, request.other))

        def read(connection: "Connection") -> "tuple[Event, Event, tuple[Part, ...]] | None":
            agent = user_agent_process.shared.known
            found = list(issue_overview.whole_events.read(connection, numbers, agent))
            if len(found) < 2:
                return None
            (_, later), (_, earlier) = found
            return earlier, later, issue_overview.differences.compare(earlier, later)

        def show(found: "tuple[Event, Event, tuple[Part, ...]] | None") -> None:
            if found is None:
                self._show(_GONE, [])
                return
            earlier, later, parts = found
            sides = f"left: {local(earlier.timestamp)}, {earlier.event_id[:8]}   ·   "
            sides += f"right: {local(later.timestamp)}, {later.event_id[:8]}"
            dialog = self._opened()
            self._show(sides, [PartSection(part, dialog.page) for part in parts])

        self._opened().show_wait("Two events of the issue")
        self._read(read, show)

    def compare_with_usual(self, request: CompareWithUsual) -> None:
        """Show in what an event is unlike most others of its issue."""

        def read(connection: "Connection") -> "Comparison":
            agent = user_agent_process.shared.known
            return issue_overview.usual.read(connection, request.issue_id, request.pk, agent)

        def show(found: "Comparison") -> None:
            sides = "left: this event and how many others have its value   ·   right: the usual value"
            self._show(sides, [UnusualSection(found, self._opened().page)])

        self._opened().show_wait("What is unusual about this event")
        self._read(read, show)

    def close(self) -> None:
        """Close the dialog, if it is open."""
        if self._ticket is not None:
            self._ticket.cancel()
        if self.dialog is not None:
            self.dialog.close()

    def _read(self, work: "Callable[[Connection], T]", done: Callable[[T], None]) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._store.read(work, done)

    def _opened(self) -> "ComparisonDialog":
        if self.dialog is None:
            # Most sessions never see it.
            self.dialog = comparison.dialog.ComparisonDialog(
                self._lookups.run, self._store.read, self._preferences, self._window
            )
        return self.dialog

    def _show(self, sides: str, sections: list[PageSection]) -> None:
        self._opened().show_parts(sides, sections)
