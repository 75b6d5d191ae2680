"""Shows what came in a run, or what is new in it, lists all runs, and forgets one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app import store
from app.query import writing
from app.query.fields import RUNS
from app.run_ending import RunState
from ui import runs
from ui.issues.pane import IssuesPane
from ui.link.counters import Counters, Numbers, is_alive
from ui.link.store_access import StoreAccess
from ui.places import Place
from ui.runs.actions import RunActions
from ui.runs.chip import NewInRunButton
from ui.sidebar.entries import SidebarEntry, place_of_run
from ui.undo import UndoStack

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.places.run_numbers import ListedRun
    from ui.runs.dialog import RunsDialog

# Nobody tells of a run whose process was killed.
LOOK_MS = 5_000
_NEW = "newinrun"


class RunController(QObject):
    """`actions` is what it does to runs, each of which can be undone.

    `place_chosen` carries the `Place` of a run that is to be shown.
    """

    place_chosen = Signal(object)

    def __init__(
        self,
        issues: IssuesPane,
        access: StoreAccess,
        undo: UndoStack,
        counters: Counters,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._issues, self._store = issues, access
        self._listed: tuple[ListedRun, ...] = ()
        self._shown: ListedRun | None = None
        self.actions = RunActions(access, undo, self)
        self.actions.committed.connect(counters.ring)
        self.dialog: RunsDialog | None = None
        self.button = NewInRunButton()
        self.button.asked.connect(self._show_new)
        issues.filter_bar.add_beside_title(self.button)
        issues.filter_bar.resized.connect(self.button.fit)
        issues.whereabouts.there.connect(self._follow)
        counters.changed.connect(self._take)
        self._tick = QTimer(self)
        self._tick.setInterval(LOOK_MS)
        self._tick.timeout.connect(counters.ring)

    def show(self, number: int, command: str, *, is_new: bool = False) -> None:
        """Show what came in a run, or only what the run before did not have."""
        place = place_of_run(number, command)
        self.place_chosen.emit(place)
        self._issues.search_for(f"{_NEW}:{number}" if is_new else place.text)

    def show_entry(self, entry: SidebarEntry) -> None:
        """Show what is new in a run of the sidebar."""
        self.show(entry.id, entry.label, is_new=True)

    def show_number(self, number: int) -> None:
        """Show what came in a run, by its number alone; say so where it is forgotten."""

        def show(run: "ListedRun | None") -> None:
            if run is None:
                self.actions.refuse(f"Run {number} is not remembered any more")
            else:
                self.show(run.id, run.command)

        self._store.read(lambda connection: _one(connection, number), show)

    def show_newest(self) -> None:
        """Show what came since the newest run began."""
        if self._listed:
            self.show(self._listed[0].id, self._listed[0].command)

    def flip_new(self) -> None:
        """In a run, show only what is new, or all again; elsewhere what is new in the newest run."""
        if self._run_place() is not None:
            self.button.click()
        elif self._listed:
            self.show(self._listed[0].id, self._listed[0].command, is_new=True)

    def why_not_new(self) -> str:
        """Why nothing can be new in a run; empty, if it can."""
        run = self._shown if self._run_place() is not None else self._listed[0] if self._listed else None
        if run is None:
            return self.why_none()
        return "" if run.before is not None else "the command was not run before in this project"

    def why_none(self) -> str:
        """Why no run can be shown; empty, if one can."""
        return "" if self._listed else "no command has been run yet: arecibo run -- your command"

    def open(self) -> None:
        """List all runs."""
        if self.dialog is None:
            # Most sessions never see it.
            self.dialog = runs.dialog.RunsDialog(self._store, self._issues.window())
            self.dialog.chosen.connect(self._show_chosen)
            self.dialog.forget_requested.connect(lambda run: self.actions.forget(run.id, run.command))
        self.dialog.open()

    def forget_entry(self, entry: SidebarEntry) -> None:
        """Forget a run of the sidebar."""
        self.actions.forget(entry.id, entry.label)

    def _show_chosen(self, run: "ListedRun", is_new: bool) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.show(run.id, run.command, is_new=is_new)

    def _show_new(self, is_new: bool) -> None:
        place = self._run_place()
        if place is not None and place.run is not None:
            number = str(place.run.id)
            text = self._issues.filter_bar.search.text()
            gone, wanted = ("run", _NEW) if is_new else (_NEW, "run")
            if writing.standing(text, gone, number) == "added":
                text = writing.toggle(text, gone, number)
            self._issues.search_for(writing.add(text, wanted, number))

    def _take(self, numbers: Numbers) -> None:
        before, self._listed = self._listed, () if numbers.runs is None else numbers.runs.runs
        runs_now = any(run.state is RunState.RUNNING for run in self._listed)
        if runs_now != self._tick.isActive():
            if runs_now:
                self._tick.start()
            else:
                self._tick.stop()
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.refresh()
        feed = self._issues.feed
        names_them = any(f"run:{word}" in feed.text for word in RUNS)
        if names_them and _meant(before) != _meant(self._listed):
            feed.reload()
        self._follow()

    def _follow(self) -> None:
        """The list that is shown, or what is known of its run, is another."""
        place = self._run_place()
        run = None if place is None else place.run
        if run is None:
            self._shown = None
            self.button.show_run(None, None, is_new=False)
            return
        known = next((each for each in self._listed if each.id == run.id), None)
        if known is not None:
            self._show_run(known)
        elif self._shown is None or self._shown.id != run.id:
            self._store.read(lambda connection: _one(connection, run.id), self._show_run)

    def _show_run(self, run: "ListedRun | None") -> None:
        place = self._run_place()
        if run is None or place is None or place.run is None or place.run.id != run.id:
            return
        self._shown = run
        text = self._issues.feed.text
        is_new = writing.standing(text, _NEW, str(run.id)) == "added"
        self.button.show_run(run.id, run.before, is_new=is_new)

    def _run_place(self) -> Place | None:
        place = self._issues.feed.place
        return place if place.run is not None else None


def _one(connection: "Connection", number: int) -> "ListedRun | None":
    return store.run_numbers.RunNumbers(is_alive).one(connection, number)


def _meant(listed: "tuple[ListedRun, ...]") -> tuple[object, ...]:
    """Which runs the words of the search mean."""
    return tuple(run.id for run in listed[:1]), tuple(
        run.id for run in listed if run.state is RunState.RUNNING
    )
