"""Who carries corrections out: opens the dialog when it is first wanted, previews, keeps, and follows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.grouping.actions import GroupingActions
from ui.grouping.choices import MERGE, SPLIT, Correction, Offer, definition
from ui.grouping.merge_preview import Together, together
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.detail import EventDetail
    from app.regrouping.plans import Plan
    from app.store.database import Connection
    from app.store.grouping.corrections import Regrouping
    from ui.grouping.corrections_dialog import MadeDialog
    from ui.grouping.dialog import CorrectionDialog

LOOK_MS = 200


class _Reading:
    """How far a preview is, told beside the UI thread; and whether it is still wanted."""

    def __init__(self) -> None:
        self.so_far = (0, 0)
        self.cancelled = False

    def told(self, done: int, total: int) -> bool:
        """So many of so many events were read; returns whether to go on."""
        self.so_far = (done, total)
        return not self.cancelled


class GroupingDesk(QObject):
    """`actions` are what it does, each of which can be undone."""

    def __init__(self, window: QWidget, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self.actions = GroupingActions(store, self)
        self.dialog: CorrectionDialog | None = None
        self.made: MadeDialog | None = None
        self._detail: EventDetail | None = None
        self._plan: Plan | Together | None = None
        self._kind = "rule"
        self._ticket: Ticket | None = None
        self._reading = _Reading()
        self._number: int | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._look_how_far)
        self.actions.begun.connect(self._follow)
        self.actions.refused.connect(self._refuse)

    def correct(self, detail: "EventDetail") -> None:
        """Ask how the grouping of this event is to be corrected."""
        if self.dialog is None:
            self.dialog = self._make_dialog()
        self._forget()
        self._detail = detail
        issue = detail.issue

        def work(connection: "Connection") -> Offer:
            from app.regrouping import splits  # noqa: PLC0415 - brings the digest; see ui.places
            from app.store.inbox.issues import IssueFilter, View, page  # noqa: PLC0415

            found = page(connection, IssueFilter(View.EVERYTHING, issue.project))
            others = tuple(each for each in found if each.id != issue.id)
            return Offer(tuple(splits.differences(connection, issue.id)), others)

        self.dialog.open_for(detail)
        self._store.read(work, self.dialog.offer)

    def show_made(self) -> None:
        """List what was corrected, to be taken back."""
        if self.made is None:
            # Most sessions never see it.
            from ui.grouping.corrections_dialog import MadeDialog  # noqa: PLC0415

            self.made = MadeDialog(self._store, self.actions, self._window)
        self.made.open()

    def ring(self) -> None:
        """The store has changed."""
        if self.made is not None and self.made.isVisible():
            self.made.look_again()

    def _make_dialog(self) -> "CorrectionDialog":
        # Most sessions never see it.
        from ui.grouping.dialog import CorrectionDialog  # noqa: PLC0415

        dialog = CorrectionDialog(self._window)
        dialog.preview_wanted.connect(self._preview)
        dialog.keep_wanted.connect(self._keep)
        dialog.cancel_wanted.connect(self._cancel)
        # Escape and the frame's button: a preview ends with the dialog; what was kept goes on.
        dialog.rejected.connect(self._forget)
        return dialog

    def _preview(self, correction: Correction, text: str, other: str) -> None:
        if self._detail is None:
            return
        issue, project = self._detail.issue.id, self._detail.issue.project
        self._forget()
        reading = self._reading
        self._kind = "split" if correction.key == SPLIT else "rule"

        def work(connection: "Connection") -> "Plan | Together | None":
            from app.regrouping import plans, splits  # noqa: PLC0415 - see above

            if correction.key == MERGE:
                return together(connection, issue, int(text))
            if correction.key == SPLIT:
                rule = splits.apart(connection, issue, text)
                return plans.of_rule(connection, rule, project=project, issue=issue, progress=reading.told)
            wanted = definition(correction, text, other)
            if wanted is None:
                return None
            return plans.of_rule(connection, wanted, project=project, progress=reading.told)

        self._ticket = self._store.read(work, self._show_plan, self._preview_failed)
        self._look.start()

    def _show_plan(self, plan: "Plan | Together | None") -> None:
        self._look.stop()
        self._plan = plan
        if self.dialog is None:
            return
        if plan is None:
            self.dialog.stop("Something is missing: say in both fields what is meant.")
        elif isinstance(plan, Together):
            self.dialog.show_together(plan)
        else:
            self.dialog.show_plan(plan)

    def _preview_failed(self, error: BaseException) -> None:
        from app.regrouping.plans import Cancelled  # noqa: PLC0415 - see above
        from app.store.grouping.regrouping import CannotRegroup  # noqa: PLC0415

        self._look.stop()
        words = "Cancelled." if isinstance(error, Cancelled) else "The preview failed."
        if self.dialog is not None:
            self.dialog.stop(str(error) if isinstance(error, CannotRegroup) else words)
        if not isinstance(error, Cancelled | CannotRegroup):
            self._store.complain(error)

    def _keep(self) -> None:
        plan, self._plan = self._plan, None
        if plan is None or self.dialog is None:
            return
        self.dialog.work("Moving the events …")
        if isinstance(plan, Together):
            self.actions.merge(plan.issues)
        else:
            words = "Issue split" if self._kind == "split" else "Grouping rule kept"
            self.actions.keep(plan, self._kind, words)

    def _follow(self, number: int) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self._number = number
            self._look.start()

    def _refuse(self, words: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.stop(words)

    def _look_how_far(self) -> None:
        if self.dialog is None:
            return
        if self._number is None:
            self.dialog.show_progress(*self._reading.so_far)
            return
        number = self._number

        def work(connection: "Connection") -> "Regrouping | None":
            from app.store.grouping import corrections  # noqa: PLC0415 - see above

            return corrections.get(connection, number)

        self._store.read(work, self._show_state)

    def _show_state(self, regrouping: "Regrouping | None") -> None:
        if regrouping is None or self.dialog is None or self._number != regrouping.id:
            return
        if regrouping.state in ("done", "undone"):
            self._look.stop()
            self._number = None
        self.dialog.show_state(regrouping)

    def _cancel(self) -> None:
        """End what is at work: a preview stops, what was being moved goes back; else the dialog goes away."""
        if self._number is not None:
            number, self._number = self._number, None
            self.actions.cancel(number)
        elif self._ticket is not None and self._look.isActive():
            self._reading.cancelled = True
            return
        self._forget()
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.done(0)

    def _forget(self) -> None:
        self._look.stop()
        self._plan = None
        self._number = None
        # One that is still at work stops, and what comes of it is for nobody.
        self._reading.cancelled = True
        self._reading = _Reading()
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
