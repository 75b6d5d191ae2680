"""Replays requests: opens the dialog, sends off the UI thread, and waits for the event that comes of it."""

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app import replay, store
from app.model import Request
from app.plain_text import elided
from ui import replay as room
from ui.detail.pane import DetailPane
from ui.detail.requests import ReplayRequest
from ui.link.background import Background, Ticket
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.wording import duration

if TYPE_CHECKING:
    from app.replay.outcome import Outcome
    from app.replay.repeatable import Repeatable
    from app.replay.sending import Answer, Sending
    from app.store.database import Connection
    from ui.replay.dialog import ReplayDialog

# Clients send in the background; those that gather reports wait for a few seconds.
LOOK_MS = 250
LOOKS = 40
_MOST_BASES = 50
_LONGEST_ANSWER = 160


class ReplayController(QObject):
    """Serves `ReplayRequest` of the pane. One replay at a time."""

    def __init__(
        self,
        window: QWidget,
        store_access: StoreAccess,
        lookups: Background,
        preferences: PreferencesAccess,
        pane: DetailPane,
    ) -> None:
        super().__init__(pane)
        self._window = window
        self._store = store_access
        self._lookups = lookups
        self._preferences = preferences
        self._pane = pane
        self.dialog: ReplayDialog | None = None
        self._issue_id = 0
        self._project = ""
        self._sending: Sending | None = None
        self._ticket: Ticket | None = None
        self._token = ""
        self._after = 0
        self._answer = ""
        self._looks_left = 0
        self._look_again = QTimer(self, singleShot=True)
        self._look_again.setInterval(LOOK_MS)
        self._look_again.timeout.connect(self._look)
        pane.handle(ReplayRequest, lambda _request: self.open())

    def open(self) -> None:
        """Show the request of the shown event; nothing happens where it has none."""
        shown = self._pane.detail
        request = None if shown is None else _repeatable(shown.event.request)
        if shown is None or request is None or self._sending is not None:
            return
        self._issue_id, self._project = shown.issue.id, shown.event.project
        if base := self._preferences.chosen.replay_bases.get(self._project):
            request = replay.repeatable.to_base(request, base)
        self._opened().open_with(request)

    def close(self) -> None:
        """End what is under way, and close the dialog."""
        self.cancel()
        if self.dialog is not None:
            self.dialog.close()

    def send(self, request: "Repeatable") -> None:
        """Send it; the newest event of the store is where the look for its event begins."""
        self._remember(request)
        self._token = uuid.uuid4().hex
        self._opened().show_sending()
        sending = self._sending = replay.sending.Sending(request, self._token)

        def begin(after: int) -> None:
            self._after = after
            self._ticket = self._lookups.run(sending.run, self._answered, self._failed)

        def last(connection: "Connection") -> int:
            return store.events.last(connection)

        self._ticket = self._store.read(last, begin, self._failed)

    def cancel(self) -> None:
        """End the request under way, or the wait for its event."""
        self._look_again.stop()
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None
            self._opened().show_answer("Cancelled. The app may have received the request.", "")

    def _opened(self) -> "ReplayDialog":
        if self.dialog is None:
            # Most sessions never see it.
            self.dialog = room.dialog.ReplayDialog(self._window)
            self.dialog.send_requested.connect(self.send)
            self.dialog.cancel_requested.connect(self.cancel)
            self.dialog.show_requested.connect(self._pane.show_event)
        return self.dialog

    def _remember(self, request: "Repeatable") -> None:
        base = replay.repeatable.base_of(request.url)
        bases = {**self._preferences.chosen.replay_bases, self._project: base}
        if base and bases != self._preferences.chosen.replay_bases:
            self._preferences.change(replay_bases=dict(list(bases.items())[-_MOST_BASES:]))

    def _answered(self, answer: "Answer") -> None:
        body = elided(answer.body, _LONGEST_ANSWER)
        self._answer = f"{answer.status} {answer.reason} after {duration(answer.seconds)}. {body}"
        self._opened().show_answer(self._answer, "Waiting for the error …", is_over=False)
        self._looks_left = LOOKS
        self._look()

    def _failed(self, error: BaseException) -> None:
        self._sending = None
        self._opened().show_answer("", "")
        if isinstance(error, replay.sending.ReplayError):
            self._opened().show_answer(str(error), "")
        else:
            self._store.report_problem(error)

    def _look(self) -> None:
        after, token, issue_id = self._after, self._token, self._issue_id

        def look(connection: "Connection") -> "Outcome | None":
            return replay.outcome.look(connection, after=after, token=token, issue_id=issue_id)

        self._ticket = self._store.read(look, self._judge, self._failed)

    def _judge(self, found: "Outcome | None") -> None:
        self._looks_left -= 1
        if found is None and self._looks_left > 0:
            self._look_again.start()
            return
        self._sending = None
        if found is None:
            seconds = duration(LOOK_MS * LOOKS / 1_000)
            self._opened().show_answer(self._answer, f"No error came within {seconds}: it did not come back.")
        else:
            self._opened().show_answer(self._answer, _verdict(found), found.pk)


def _repeatable(request: Request | None) -> "Repeatable | None":
    return None if request is None else replay.repeatable.of(request)


def _verdict(found: "Outcome") -> str:
    event = f"as event {found.event_id[:8]}"
    if not found.is_same:
        return f"Another error came, {event}: {elided(found.title, 100)}."
    return (
        f"The error came back, {event}." if found.is_certain else f"The error came back meanwhile, {event}."
    )
