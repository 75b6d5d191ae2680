"""What a person does to issues: each act is one short transaction off the UI thread, and can be undone.

Nothing changes on the screen until the commit: `committed` makes the feed refresh, a few milliseconds later.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from app import store
from app.clock import now_micros
from app.plain_text import plural
from ui.undo import Act, Actions, ChangedElsewhere

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.issues import TriageState
    from ui.issues.mute_menu import MuteChoice

Verb = Literal["resolve", "reopen", "read", "unread"]

_DONE = {
    "resolve": "resolved",
    "reopen": "reopened",
    "read": "marked as read",
    "unread": "marked as unread",
}


class _Done(Struct, frozen=True):
    """How the issues were, and by id what the act made of each."""

    undo: "store.actions.Undo"
    after: "dict[int, TriageState]"


_Change = Callable[["Connection"], "store.actions.Undo"]


class IssueActions(Actions):
    """Acts on issues."""

    def act(self, verb: Verb, issue_ids: Sequence[int]) -> None:
        """Resolve, reopen issues, or mark them as read or unread."""
        if issue_ids:
            sentence = f"{plural(len(issue_ids), 'issue')} {_DONE[verb]}"
            self._do(sentence, _change(verb, tuple(issue_ids)), is_reading=verb in ("read", "unread"))

    def mute(self, issue_ids: Sequence[int], choice: "MuteChoice") -> None:
        """Mute issues in the chosen way."""
        ids = tuple(issue_ids)

        def change(connection: "Connection") -> "store.actions.Undo":
            now = now_micros()
            until = None if choice.seconds is None else now + choice.seconds * 1_000_000
            return store.actions.mute(connection, ids, now, rule=choice.rule, until=until)

        self._do(f"{plural(len(ids), 'issue')} muted {choice.duration}", change)

    def resolve_in(self, issue_ids: Sequence[int], release: str) -> None:
        """Resolve issues in a release: what older ones still send does not bring them back."""
        ids = tuple(issue_ids)

        def change(connection: "Connection") -> "store.actions.Undo":
            return store.actions.resolve(connection, ids, now_micros(), release=release)

        self._do(f"{plural(len(ids), 'issue')} resolved in {release}", change)

    def note(self, issue_id: int, text: str) -> None:
        """Write a note on an issue."""

        def change(connection: "Connection") -> "store.actions.Undo":
            return store.actions.note(connection, issue_id, text, now_micros())

        self._do("Note added", change)

    def mark_seen(self, issue_id: int) -> None:
        """Mark an issue as read because it was shown. That is not an act with an undo."""
        self._store.write(_change("read", (issue_id,)), lambda _undo: self.committed.emit())

    def _do(self, sentence: str, change: _Change, *, is_reading: bool = False) -> None:
        def do(connection: "Connection") -> _Done | None:
            undo = change(connection)
            if not undo.before and not undo.lines:
                return None
            return _Done(undo, store.issues.triage_states(connection, [each.id for each in undo.before]))

        self.stack.do(self, Act(sentence=sentence, do=do, undo=partial(_undo, is_reading)))


def _change(verb: Verb, ids: tuple[int, ...]) -> _Change:
    def change(connection: "Connection") -> "store.actions.Undo":
        if verb == "resolve":
            return store.actions.resolve(connection, ids, now_micros())
        if verb == "reopen":
            return store.actions.reopen(connection, ids, now_micros())
        return store.actions.set_unread(connection, ids, verb == "unread")

    return change


def _undo(is_reading: bool, connection: "Connection", done: _Done) -> str | None:
    """Put back the issues that are still as the act left them. Raises `ChangedElsewhere` when none is.

    A change of read or unread since then does not count, unless the act was about that.
    """
    undo = done.undo
    found = store.issues.triage_states(connection, list(done.after))
    if not is_reading:
        found = {each: replace(now, unread=done.after[each].unread) for each, now in found.items()}
    unchanged = [found.get(before.id) == done.after[before.id] for before in undo.before]
    if unchanged and not any(unchanged):
        raise ChangedElsewhere
    before = tuple(each for each, is_so in zip(undo.before, unchanged, strict=True) if is_so)
    lines = undo.lines
    if len(lines) == len(unchanged):
        lines = tuple(line for line, is_so in zip(lines, unchanged, strict=True) if is_so)
    store.actions.undo(connection, replace(undo, before=before, lines=lines), now_micros())
    changed = len(unchanged) - len(before)
    return f"{plural(changed, 'issue')} changed since and stayed" if changed else None
