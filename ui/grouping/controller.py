"""Corrects the grouping: opens the dialog, previews, applies, and follows the progress of the moving."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app import regrouping, store
from ui import grouping
from ui.grouping.actions import GroupingActions
from ui.grouping.choices import MERGE, SPLIT, Correction, Offer, definition
from ui.grouping.merge_preview import Together, together
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.undo import UndoStack

if TYPE_CHECKING:
    from app.detail import EventDetail
    from app.regrouping.plans import Plan
    from app.store.database import Connection
    from app.store.grouping.corrections import Regrouping
    from ui.grouping.corrections_dialog import CorrectionsDialog
    from ui.grouping.dialog import CorrectionDialog
    from ui.grouping.merge_dialog import MergeDialog

POLL_MS = 200


class _PreviewProgress:
    """How far a preview has read the stored events, reported off the UI thread; `cancelled` ends it."""

    def __init__(self) -> None:
        self.so_far = (0, 0)
        self.cancelled = False

    def report(self, done: int, total: int) -> bool:
        """So many of so many events were read; returns whether to go on."""
        self.so_far = (done, total)
        return not self.cancelled


class _Closed(Struct, frozen=True):
    """Nothing is corrected by the dialog now."""


class _Open(Struct, frozen=True):
    """A person chooses how the grouping of this event is to be corrected."""

    detail: "EventDetail"


class _Previewing(_Open, frozen=True):
    """The chosen correction is worked out on the stored events. `kind`: `split`, or `rule` for all others."""

    kind: str
    progress: _PreviewProgress
    ticket: Ticket


class _Previewed(_Open, frozen=True):
    """What the correction would change is shown, and can be applied."""

    kind: str
    plan: "Plan | Together"


class _Beginning(_Open, frozen=True):
    """The correction is written into the store; nothing has been moved yet."""


class _Moving(_Open, frozen=True):
    """The engine moves the events of the regrouping of this number."""

    number: int


_Phase = _Closed | _Open | _Previewing | _Previewed | _Beginning | _Moving
_CLOSED = _Closed()


class GroupingController(QObject):
    """Owns the dialogs. `actions` are what it does, each of which can be undone."""

    def __init__(
        self, window: QWidget, store: StoreAccess, undo: UndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self.actions = GroupingActions(store, undo, self)
        self.dialog: CorrectionDialog | None = None
        self.made: CorrectionsDialog | None = None
        self.merging: MergeDialog | None = None
        self._phase: _Phase = _CLOSED
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._show_progress)
        self.actions.begun.connect(self._follow)
        self.actions.refused.connect(self._refuse)

    def correct(self, detail: "EventDetail") -> None:
        """Ask how the grouping of this event is to be corrected."""
        if self.dialog is None:
            self.dialog = self._make_dialog()
        self._enter(_Open(detail))
        issue = detail.issue

        def work(connection: "Connection") -> Offer:
            everything = store.issues.IssueFilter(store.issues.View.EVERYTHING, issue.project)
            others = tuple(each for each in store.issues.page(connection, everything) if each.id != issue.id)
            return Offer(tuple(regrouping.splits.differences(connection, issue.id)), others)

        self.dialog.open_for(detail)
        self._store.read(work, self.dialog.offer)

    def merge(self, issue_ids: Sequence[int]) -> None:
        """Show what merging these issues does, and do it when that is wanted."""
        if len(issue_ids) < 2:
            self.actions.merge(issue_ids)
            return
        if self.merging is None:
            # Most sessions never see it.
            self.merging = grouping.merge_dialog.MergeDialog(self._window)
            self.merging.merge_requested.connect(self.actions.merge)
        dialog = self.merging

        def refuse(error: BaseException) -> None:
            if isinstance(error, store.regrouping.CannotRegroup):
                dialog.show_refusal(str(error))
            else:
                self._store.report_problem(error)

        dialog.open_empty()
        self._store.read(lambda connection: together(connection, issue_ids), dialog.show_together, refuse)

    def show_made(self) -> None:
        """List the corrections that were made, with their undo."""
        if self.made is None:
            # Most sessions never see it.
            self.made = grouping.corrections_dialog.CorrectionsDialog(self._store, self.actions, self._window)
        self.made.open()

    def ring(self) -> None:
        """The store has changed."""
        if self.made is not None and self.made.isVisible():
            self.made.refresh()

    def _make_dialog(self) -> "CorrectionDialog":
        # Most sessions never see it.
        dialog = grouping.dialog.CorrectionDialog(self._window)
        dialog.preview_requested.connect(self._preview)
        dialog.keep_requested.connect(self._apply)
        dialog.cancel_requested.connect(self._cancel)
        # Escape and the frame's button: a preview ends with the dialog; what was applied goes on.
        dialog.rejected.connect(self._close)
        return dialog

    def _enter(self, phase: _Phase) -> None:
        """The only place where the phase changes: a preview that is left ends, and its result is dropped."""
        if isinstance(self._phase, _Previewing):
            self._phase.progress.cancelled = True
            self._phase.ticket.cancel()
        self._phase = phase
        if isinstance(phase, _Previewing | _Moving):
            self._poll.start()
        else:
            self._poll.stop()

    def _close(self) -> None:
        self._enter(_CLOSED)

    # -- the preview ----------------------------------------------------------------------------------------

    def _preview(self, correction: Correction, text: str, other: str) -> None:
        if not isinstance(self._phase, _Open):
            return
        detail = self._phase.detail
        issue, project = detail.issue.id, detail.issue.project
        progress = _PreviewProgress()
        folder = self._store.data_dir

        def work(connection: "Connection") -> "Plan | Together | None":
            if correction.key == MERGE:
                return together(connection, (issue, int(text)))
            if correction.key == SPLIT:
                rule = regrouping.splits.apart(connection, issue, text)
                return regrouping.plans.of_rule(
                    connection, rule, project=project, issue=issue, progress=progress.report, folder=folder
                )
            new_rule = definition(correction, text, other)
            if new_rule is None:
                return None
            return regrouping.plans.of_rule(
                connection, new_rule, project=project, progress=progress.report, folder=folder
            )

        kind = "split" if correction.key == SPLIT else "rule"
        self._enter(_Open(detail))
        ticket = self._store.read(work, self._show_plan, self._preview_failed)
        self._enter(_Previewing(detail, kind, progress, ticket))

    def _show_plan(self, plan: "Plan | Together | None") -> None:
        phase = self._phase
        if not isinstance(phase, _Previewing) or self.dialog is None:
            return
        if plan is None:
            self._enter(_Open(phase.detail))
            self.dialog.stop("Something is missing: say in both fields what is meant.")
            return
        self._enter(_Previewed(phase.detail, phase.kind, plan))
        if isinstance(plan, Together):
            self.dialog.show_together(plan)
        else:
            self.dialog.show_plan(plan)

    def _preview_failed(self, error: BaseException) -> None:
        phase = self._phase
        if isinstance(phase, _Previewing) and self.dialog is not None:
            self._enter(_Open(phase.detail))
            if isinstance(error, store.regrouping.CannotRegroup):
                self.dialog.stop(str(error))
            else:
                is_cancelled = isinstance(error, regrouping.plans.Cancelled)
                self.dialog.stop("Cancelled." if is_cancelled else "The preview failed.")
        if not isinstance(error, regrouping.plans.Cancelled | store.regrouping.CannotRegroup):
            self._store.report_problem(error)

    # -- what was previewed is applied ----------------------------------------------------------------------

    def _apply(self) -> None:
        phase = self._phase
        if not isinstance(phase, _Previewed) or self.dialog is None:
            return
        self._enter(_Beginning(phase.detail))
        self.dialog.work("Moving the events …")
        if isinstance(phase.plan, Together):
            self.actions.merge(phase.plan.issues)
        else:
            text = "Issue split" if phase.kind == "split" else "Grouping rule kept"
            self.actions.apply(phase.plan, phase.kind, text)

    def _follow(self, number: int) -> None:
        if isinstance(self._phase, _Beginning):
            self._enter(_Moving(self._phase.detail, number))

    def _refuse(self, text: str) -> None:
        if isinstance(self._phase, _Beginning) and self.dialog is not None:
            self._enter(_Open(self._phase.detail))
            self.dialog.stop(text)

    def _show_progress(self) -> None:
        phase = self._phase
        if isinstance(phase, _Previewing) and self.dialog is not None:
            self.dialog.show_progress(*phase.progress.so_far)
        elif isinstance(phase, _Moving):
            number = phase.number
            self._store.read(lambda connection: store.corrections.get(connection, number), self._show_state)

    def _show_state(self, moving: "Regrouping | None") -> None:
        phase = self._phase
        if moving is None or self.dialog is None:
            return
        if not isinstance(phase, _Moving) or phase.number != moving.id:
            return
        if moving.state in ("done", "undone"):
            self._close()
        self.dialog.show_state(moving)

    def _cancel(self) -> None:
        """End what is under way: a preview stops, moved events go back; else the dialog closes."""
        phase = self._phase
        if isinstance(phase, _Previewing):
            phase.progress.cancelled = True
            return
        self._close()
        if isinstance(phase, _Moving):
            self.actions.cancel(phase.number)
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.done(0)
