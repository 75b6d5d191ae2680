"""The window's one undo: every act that can be undone goes through one `UndoStack`, whatever it acts on.

An act is a short transaction off the UI thread, and so is its undo. The stack runs them one after the
other, in the order in which they were asked for: an undo waits for the act before it, and the order of the
acts is that of their commits. An act is on the stack from its commit until the commit of its undo: when the
store is busy or gone, it can be tried again.

What an act did may have been undone or changed meanwhile: by another dialog, the command line, or an event
that came in. The transaction that would undo it checks whether it is still in effect. If not, the act leaves
the stack, the person is shown why, and nothing else is undone in its place.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection

DEPTH = 100

T = TypeVar("T")
Work = Callable[["Connection"], T | None]


class ChangedElsewhere(Exception):
    """Raised by an act's undo when what the act did was undone or changed elsewhere."""


class Act(Struct, Generic[T], frozen=True, eq=False, kw_only=True):
    """Something a person does, and how it is undone and done again. `sentence` describes it as done.

    All functions but `done` run off the UI thread. `do` runs in a write transaction and returns what
    `undo` needs, or None when it changed nothing. `undo` runs in a write transaction and returns a remark
    about what it left as it was, or None; it raises `ChangedElsewhere`. To redo the act, `do` runs once more;
    with `again`, the work that `again` returns, called in a read transaction with what `do` returned.
    `done` is called on the UI thread after each commit of the act.
    """

    sentence: str
    do: Work[T]
    undo: "Callable[[Connection, T], str | None]"
    again: "Callable[[Connection, T], Work[T]] | None" = None
    done: Callable[[T], None] | None = None


class Actions(QObject):
    """The acts of one kind. `committed`: the store has changed. `refused`: why an act makes no sense.

    `stack` has the signals of what was done and undone.
    """

    committed = Signal()
    refused = Signal(str)

    def __init__(self, store: StoreAccess, undo: "UndoStack", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.stack = undo

    def explain(self, error: BaseException) -> str | None:
        """The sentence for a person, if `error` means that an act of this kind makes no sense."""
        return None

    def refuse(self, sentence: str) -> None:
        """Report why an act is not done or not undone."""
        self.refused.emit(sentence)
        self.stack.report(sentence)


class _Entry:
    """An act on the stack, with what its undo needs. `epoch` counts the stores that there have been."""

    def __init__(self, number: int, kind: Actions, act: Act[Any], epoch: int) -> None:
        self.number = number
        self.kind = kind
        self.act = act
        self.epoch = epoch
        self.result: Any = None


class _Step(Struct, frozen=True, eq=False):
    """Something that was asked for. Without a `number`, undo and redo mean the last act."""

    verb: Literal["do", "undo", "redo"]
    number: int | None = None
    entry: _Entry | None = None


class UndoStack(QObject):
    """Does, undoes and redoes acts of every kind; the last `DEPTH` can be undone.

    `acted(id, sentence)`: done, or done again. `undone(id, sentence)`: undone. `message(sentence)`: why not.
    """

    acted = Signal(int, str)
    undone = Signal(int, str)
    message = Signal(str)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._acts: list[_Entry] = []
        self._undone: list[_Entry] = []
        self._waiting: deque[_Step] = deque()
        self._running: _Step | None = None
        self._newest = self._epoch = 0

    @property
    def can_undo(self) -> bool:
        """Whether an act can be undone."""
        return bool(self._acts)

    @property
    def can_redo(self) -> bool:
        """Whether an act can be done again."""
        return bool(self._undone)

    def holds(self, number: int) -> bool:
        """Whether the act of this id can be undone, or is about to be done or undone."""
        steps = [self._running, *self._waiting]
        return _find(self._acts, number) is not None or any(step and step.number == number for step in steps)

    def do(self, kind: Actions, act: Act[T]) -> int:
        """Do an act, after those that are running; returns its id."""
        self._newest += 1
        entry = _Entry(self._newest, kind, act, self._epoch)
        self._ask(_Step("do", entry.number, entry))
        return entry.number

    def undo(self, number: int | None = None) -> None:
        """Undo the last act, or exactly the one of this id; an act that is running is awaited."""
        self._ask(_Step("undo", number))

    def redo(self, number: int | None = None) -> None:
        """Do the act again that was undone last, or exactly the one of this id."""
        self._ask(_Step("redo", number))

    def report(self, sentence: str) -> None:
        """Report something that has no undo."""
        self.message.emit(sentence)

    def clear(self) -> None:
        """Forget all acts: another store has taken the place of the one that they changed."""
        self._epoch += 1
        self._acts, self._undone = [], []
        self._drop_undos()

    def _ask(self, step: _Step) -> None:
        self._waiting.append(step)
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and self._running is None:
            step = self._waiting.popleft()
            if step.entry is not None:
                self._begin(step, step.entry)
            elif step.verb == "undo":
                self._begin_undo(step)
            else:
                self._begin_redo(step)

    def _begin(self, step: _Step, entry: _Entry) -> None:
        self._running = step
        self._store.write(entry.act.do, partial(self._did, entry), partial(self._not_done, entry))

    def _begin_undo(self, step: _Step) -> None:
        entry = _find(self._acts, step.number)
        if entry is None:
            self.report("Nothing to undo" if step.number is None else "It cannot be undone any more")
            return
        self._running = step
        act, result = entry.act, entry.result
        self._store.write(
            lambda connection: act.undo(connection, result),
            partial(self._undid, entry),
            partial(self._not_undone, entry),
        )

    def _begin_redo(self, step: _Step) -> None:
        entry = _find(self._undone, step.number)
        if entry is None:
            self.report("Nothing to redo" if step.number is None else "It cannot be done again any more")
            return
        self._running = step
        act, result, failed = entry.act, entry.result, partial(self._not_redone, entry)

        def write(work: Work[Any]) -> None:
            self._store.write(work, partial(self._did, entry), failed)

        if act.again is None:
            write(act.do)
        else:
            again = act.again
            self._store.read(lambda connection: again(connection, result), write, failed)

    def _did(self, entry: _Entry, result: object) -> None:
        with self._ended() as is_redo:
            if entry in self._undone:
                self._undone.remove(entry)
            if result is None:
                self._drop_undos()
                entry.kind.committed.emit()
                self.report(f"Nothing was left to change: {entry.act.sentence}")
                return
            entry.result = result
            is_undoable = entry.epoch == self._epoch
            if is_undoable:
                self._acts = [*self._acts, entry][-DEPTH:]
                if not is_redo:
                    self._undone.clear()
            if entry.act.done is not None:
                entry.act.done(result)
            entry.kind.committed.emit()
            if is_undoable:
                self.acted.emit(entry.number, entry.act.sentence)
            else:
                self.report(entry.act.sentence)

    def _undid(self, entry: _Entry, remark: str | None) -> None:
        with self._ended():
            if entry in self._acts:
                self._acts.remove(entry)
                self._undone.append(entry)
            entry.kind.committed.emit()
            sentence = entry.act.sentence
            self.undone.emit(entry.number, f"{sentence} ({remark})" if remark else sentence)

    def _not_done(self, entry: _Entry, error: BaseException) -> None:
        with self._ended():
            self._fail(entry, error, "")

    def _not_undone(self, entry: _Entry, error: BaseException) -> None:
        with self._ended():
            if isinstance(error, ChangedElsewhere):
                self._drop_undos()
                if entry in self._acts:
                    self._acts.remove(entry)
                # What is shown of it may be stale, too.
                entry.kind.committed.emit()
                self.report(f"Not undone, as it was undone or changed elsewhere: {entry.act.sentence}")
            else:
                self._fail(entry, error, "Could not undo, try again")

    def _not_redone(self, entry: _Entry, error: BaseException) -> None:
        with self._ended():
            self._fail(entry, error, "Could not redo, try again")

    def _fail(self, entry: _Entry, error: BaseException, what: str) -> None:
        self._drop_undos()
        sentence = entry.kind.explain(error)
        if sentence is not None:
            entry.kind.refuse(sentence)
            return
        if what:
            self.report(f"{what}: {entry.act.sentence}")
        self._store.report_problem(error)

    def _drop_undos(self) -> None:
        """Drop the undos and redos that wait: they were meant for what would have come before them."""
        self._waiting = deque(step for step in self._waiting if step.verb == "do")

    @contextmanager
    def _ended(self) -> Iterator[bool]:
        """Nothing runs any more; on leaving, even by an error, start the next step. Yields if it redid."""
        ended, self._running = self._running, None
        try:
            yield ended is not None and ended.verb == "redo"
        finally:
            self._go_on()


def _find(entries: list[_Entry], number: int | None) -> _Entry | None:
    """The entry of this id, by default the last."""
    if number is None:
        return entries[-1] if entries else None
    return next((entry for entry in entries if entry.number == number), None)
