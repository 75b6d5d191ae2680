"""What a person does to issues: each act is done in short transactions off the UI thread, and can be undone.

Nothing changes on the screen until the commit: `committed` makes the feed refresh, a few milliseconds later.
What is done to many issues is done in steps, and what a step depends on is read before its transaction.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from app import store
from app.clock import now_micros
from app.model import ISSUES_AT_ONCE as AT_ONCE
from ui.acts import Act, LongAct, Stayed, Work, in_parts
from ui.issues.issue_text import SHORT_HASH
from ui.steps import Step
from ui.undo import Actions

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.issues.fixes import Fix
    from app.store.inbox.lists.issues import TriageState
    from app.store.inbox.triage.releases import CurrentReleases
    from ui.issues.mute_menu import MuteChoice

T = TypeVar("T")
Verb = Literal["resolve", "reopen", "read", "unread"]

_DONE = {
    "resolve": "resolved",
    "reopen": "reopened",
    "read": "marked as read",
    "unread": "marked as unread",
}


class _Done(Struct, frozen=True):
    """How the issues of a step were, and by id what the act made of each."""

    undo: "store.actions.Undo"
    after: "dict[int, TriageState]"


_Write = Callable[["Connection"], "store.actions.Undo"]
# Reads in a read transaction what the act needs to know of these issues, and returns the act on them.
_Prepare = Callable[["Connection", tuple[int, ...]], _Write]


class IssueActions(Actions):
    """Acts on issues."""

    def act(self, verb: Verb, issue_ids: Sequence[int]) -> None:
        """Resolve, reopen issues, or mark them as read or unread."""
        begin = _begin_resolving if verb == "resolve" else partial(_begin_simple, verb)
        self._do(issue_ids, _DONE[verb], begin, is_reading=verb in ("read", "unread"))

    def mute(self, issue_ids: Sequence[int], choice: "MuteChoice") -> None:
        """Mute issues in the chosen way."""
        self._do(issue_ids, f"muted {choice.duration}", partial(_begin_muting, choice))

    def resolve_in(self, issue_ids: Sequence[int], release: str) -> None:
        """Resolve issues in a release: what older ones still send does not bring them back."""
        self._do(issue_ids, f"resolved in {release}", partial(_begin_resolving, release))

    def resolve_at(self, issue_ids: Sequence[int], fix: "Fix") -> None:
        """Resolve issues at a commit: what comes from builds without it does not bring them back."""
        verb = f"resolved at {fix.hash[:SHORT_HASH]}"
        self._do(issue_ids, verb, partial(_begin_resolving, None, fix))

    def pin(self, issue_ids: Sequence[int], pinned: bool) -> None:
        """Pin issues, or take their pins off."""
        verb = "pinned" if pinned else "no longer pinned"
        self._do_all(
            issue_ids,
            verb,
            lambda: partial(_pin_step, pinned),
            partial(_undo_pins, pinned),
            lambda connection, changed: store.pins.are_any(connection, changed, pinned),
        )

    def note(self, issue_id: int, text: str) -> None:
        """Write a note on an issue."""

        def do(connection: "Connection") -> "store.actions.Undo | None":
            undo = store.actions.note(connection, issue_id, text, now_micros())
            return undo if undo.lines else None

        def undo(connection: "Connection", done: "store.actions.Undo") -> None:
            store.actions.undo(connection, done, now_micros())

        self.stack.do(self, Act(sentence="Note added", do=do, undo=undo))

    def mark_seen(self, issue_id: int) -> None:
        """Mark an issue as read because it was shown. That is not an act with an undo."""
        self._store.write(
            lambda connection: store.actions.set_unread(connection, [issue_id], False),
            lambda _undo: self.committed.emit(),
        )

    def _do(
        self,
        issue_ids: Sequence[int],
        verb: str,
        begin: Callable[[], _Prepare],
        *,
        is_reading: bool = False,
    ) -> None:
        self._do_all(
            issue_ids,
            verb,
            lambda: partial(_step, begin()),
            partial(_undo, is_reading),
            lambda connection, done: any(_unchanged(is_reading, connection, done)),
        )

    def _do_all(
        self,
        issue_ids: Sequence[int],
        verb: str,
        begin: Callable[[], Callable[[tuple[int, ...]], Step]],
        undo: "Callable[[Connection, T], Stayed]",
        stands: "Callable[[Connection, T], bool]",
    ) -> None:
        parts = in_parts(issue_ids, AT_ONCE)
        if parts:
            asked = sum(map(len, parts))
            act = LongAct(
                parts=parts, asked=asked, noun="issue", verb=verb, begin=begin, undo=undo, stands=stands
            )
            self.stack.do(self, act)


def _begin_resolving(release: str | None = None, fix: "Fix | None" = None) -> _Prepare:
    now = now_micros()
    # The same releases for all steps. The first one makes it, as SQLAlchemy is not loaded on the UI thread.
    known: list[CurrentReleases] = []

    def prepare(connection: "Connection", ids: tuple[int, ...]) -> _Write:
        resolve = store.actions.resolve
        if release is not None:
            return lambda writing: resolve(writing, ids, now, release=release)
        if not known:
            known.append(store.releases.CurrentReleases())
        current = known[0].of(connection, ids)
        return lambda writing: resolve(writing, ids, now, current=current, fix=fix)

    return prepare


def _begin_muting(choice: "MuteChoice") -> _Prepare:
    now = now_micros()
    until = None if choice.seconds is None else now + choice.seconds * 1_000_000

    def prepare(connection: "Connection", ids: tuple[int, ...]) -> _Write:
        mute = store.actions.mute
        usual = store.actions.usual_rates(connection, ids, now, choice.rule)
        return lambda writing: mute(writing, ids, now, rule=choice.rule, until=until, usual=usual)

    return prepare


def _begin_simple(verb: Verb) -> _Prepare:
    now = now_micros()

    def prepare(_connection: "Connection", ids: tuple[int, ...]) -> _Write:
        reopen, set_unread = store.actions.reopen, store.actions.set_unread
        if verb == "reopen":
            return lambda writing: reopen(writing, ids, now)
        return lambda writing: set_unread(writing, ids, verb == "unread")

    return prepare


def _step(prepare: _Prepare, ids: tuple[int, ...]) -> Step:
    def step(connection: "Connection") -> Work[_Done]:
        # All modules are loaded before the transaction: at the first act that takes some 40 ms.
        write, states = prepare(connection, ids), store.issues.triage_states

        def do(writing: "Connection") -> _Done | None:
            undo = write(writing)
            return _Done(undo, states(writing, [each.id for each in undo.before])) if undo.before else None

        return do

    return step


def _pin_step(pinned: bool, ids: tuple[int, ...]) -> Step:
    def step(_connection: "Connection") -> Work[tuple[int, ...]]:
        pin = store.pins.pin
        return lambda writing: pin(writing, ids, pinned) or None

    return step


def _undo_pins(pinned: bool, connection: "Connection", changed: tuple[int, ...]) -> Stayed:
    """Put back the pins of the issues that are still as the act left them."""
    back = store.pins.pin(connection, changed, not pinned)
    return Stayed(len(changed) - len(back), len(changed))


def _unchanged(is_reading: bool, connection: "Connection", done: _Done) -> list[bool]:
    """Of each issue whether it is still as the act left it."""
    found = store.issues.triage_states(connection, list(done.after))
    if not is_reading:
        found = {each: replace(now, unread=done.after[each].unread) for each, now in found.items()}
    return [found.get(before.id) == done.after[before.id] for before in done.undo.before]


def _undo(is_reading: bool, connection: "Connection", done: _Done) -> Stayed:
    """Put back the issues that are still as the act left them.

    A change of read or unread since then does not count, unless the act was about that.
    """
    undo = done.undo
    unchanged = _unchanged(is_reading, connection, done)
    before = tuple(each for each, is_so in zip(undo.before, unchanged, strict=True) if is_so)
    if before:
        lines = undo.lines
        if lines:
            lines = tuple(line for line, is_so in zip(lines, unchanged, strict=True) if is_so)
        store.actions.undo(connection, replace(undo, before=before, lines=lines), now_micros())
    return Stayed(len(unchanged) - len(before), len(unchanged))
