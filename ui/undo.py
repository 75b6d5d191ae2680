"""The window's one undo: every act that can be undone goes through one `UndoStack`, whatever it acts on.

An act is a short transaction off the UI thread, and so is its undo; what a person does to many things is done
and undone in steps, each of them such a transaction. The stack runs acts one after the other, in the order in
which they were asked for: an undo waits for the act before it, and the order of the acts is that of their
commits. An act is on the stack from its commit until the commit of its undo: when the store is busy or gone,
it can be tried again.

A long act that is cancelled, or fails, between two steps is an act as far as it came: what is done stays,
and that part can be undone and done again. An undo that ends early leaves the act on the stack with the steps
that are not undone yet. If the window ends in between, what was done stays, as after any act.

What an act did may have been undone or changed meanwhile: by another dialog, the command line, or an event
that came in. The transaction that would undo it, or a step of it, checks whether it is still in effect. If
nothing of it is, the act leaves the stack, the person is shown why, and nothing else is undone in its place.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Literal

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from ui.acts import Act, ChangedElsewhere, LongAct
from ui.link.store_access import StoreAccess
from ui.steps import StepRunner

DEPTH = 100

AnyAct = Act[Any] | LongAct[Any]


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
    """An act on the stack: the `results` of its steps, of which the first `standing` are not undone.

    `outcomes` are what undoing the others returned. `epoch` counts the stores that there have been.
    """

    def __init__(self, number: int, kind: Actions, act: AnyAct, epoch: int) -> None:
        self.number = number
        self.kind = kind
        self.act = act
        self.epoch = epoch
        self.results: list[Any] = []
        self.standing = 0
        self.outcomes: list[Any] = []

    @property
    def sentence(self) -> str:
        """What the act did, or would do again."""
        return self.act.named(0, self.standing or len(self.results))


class _Step(Struct, frozen=True, eq=False):
    """Something that was asked for. Without a `number`, undo and redo mean the last act."""

    verb: Literal["do", "undo", "redo"]
    number: int | None = None
    entry: _Entry | None = None


class UndoStack(QObject):
    """Does, undoes and redoes acts of every kind; the last `DEPTH` can be undone.

    `acted(id, sentence)`: done, or done again. `undone(id, sentence)`: undone. `message(sentence)`: why not.
    `progressed(sentence)`: how far a long act, or its undo, is. It can be cancelled. `outdated(id)`: what the
    act did has been undone or changed elsewhere. `brought_back(issue)`: an act about one issue was undone.
    """

    acted = Signal(int, str)
    undone = Signal(int, str)
    message = Signal(str)
    progressed = Signal(str)
    outdated = Signal(int)
    brought_back = Signal(int)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._acts: list[_Entry] = []
        self._undone: list[_Entry] = []
        self._waiting: deque[_Step] = deque()
        self._running: _Step | None = None
        self._newest = self._epoch = 0
        self._steps = StepRunner(store, self)
        self._steps.progressed.connect(self._report_progress)

    @property
    def is_working(self) -> bool:
        """Whether an act, or an undo, is under way or waits."""
        return self._running is not None or bool(self._waiting)

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

    def check(self, number: int) -> None:
        """Look whether the act of this id still stands, if that can be said; `outdated` if not."""
        entry = _find(self._acts, number)
        # Of many things, some may have changed: that is said when it is undone.
        if entry is None or entry.act.stands is None or len(entry.results) != 1 or entry.standing != 1:
            return
        stands, result = entry.act.stands, entry.results[0]

        def told(is_standing: bool) -> None:
            if not is_standing and entry in self._acts and self._running is None:
                self.outdated.emit(number)

        self._store.read(lambda connection: stands(connection, result), told)

    def do(self, kind: Actions, act: AnyAct) -> int:
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

    def cancel(self) -> None:
        """End what is running after its present step."""
        self._steps.cancel()

    def report(self, sentence: str) -> None:
        """Report something that has no undo."""
        self.message.emit(sentence)

    def clear(self) -> None:
        """Forget all acts: another store has taken the place of the one that they changed."""
        self._epoch += 1
        self._steps.cancel()
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
        self._running = _Step(step.verb, entry.number, entry)
        self._steps.run(entry.act.steps(entry.results), partial(self._did, entry))

    def _begin_undo(self, step: _Step) -> None:
        entry = _find(self._acts, step.number)
        if entry is None:
            self.report("Nothing to undo" if step.number is None else "It cannot be undone any more")
            return
        self._running = _Step(step.verb, entry.number, entry)
        self._steps.run(entry.act.undo_steps(entry.results[: entry.standing]), partial(self._undid, entry))

    def _begin_redo(self, step: _Step) -> None:
        entry = _find(self._undone, step.number)
        if entry is None:
            self.report("Nothing to redo" if step.number is None else "It cannot be done again any more")
        else:
            self._begin(step, entry)

    def _report_progress(self, steps: int) -> None:
        if self._running is None or self._running.entry is None:
            return
        entry = self._running.entry
        if self._running.verb == "undo":
            self.progressed.emit(f"Undone: {entry.act.named(entry.standing - steps, entry.standing)} …")
        else:
            self.progressed.emit(f"{entry.act.named(0, steps)} …")

    def _did(self, entry: _Entry, results: list[Any], error: BaseException | None) -> None:
        with self._ended() as is_redo:
            has_changed = any(result is not None for result in results)
            if error is not None and not has_changed:
                self._fail(entry, error, "Could not redo, try again" if is_redo else "")
                return
            if entry in self._undone:
                self._undone.remove(entry)
            # If it ended early, it is an act as far as it came.
            entry.act = entry.act.first(len(results))
            entry.results, entry.standing, entry.outcomes = results, len(results), []
            if not has_changed:
                self._drop_undos()
                entry.kind.committed.emit()
                self.report(f"Nothing was left to change: {entry.sentence}")
                return
            is_undoable = entry.epoch == self._epoch
            if is_undoable:
                self._acts = [*self._acts, entry][-DEPTH:]
                if not is_redo:
                    self._undone.clear()
            entry.act.finish(results)
            entry.kind.committed.emit()
            if is_undoable:
                self.acted.emit(entry.number, entry.sentence)
            else:
                self.report(entry.sentence)
            if error is not None:
                self._fail(entry, error, "")

    def _undid(self, entry: _Entry, outcomes: list[Any], error: BaseException | None) -> None:
        with self._ended():
            entry.standing -= len(outcomes)
            entry.outcomes += outcomes
            remark = None
            if error is None and not entry.standing:
                try:
                    remark = entry.act.remark(entry.outcomes)
                except ChangedElsewhere as found:
                    error = found
            if isinstance(error, ChangedElsewhere):
                self._drop_undos()
                if entry in self._acts:
                    self._acts.remove(entry)
                # What is shown of it may be stale, too.
                entry.kind.committed.emit()
                self.report(f"Not undone, as it was undone or changed elsewhere: {entry.sentence}")
            elif error is not None:
                self._fail(entry, error, "Could not undo, try again")
            else:
                self._take_off(entry, remark)

    def _take_off(self, entry: _Entry, remark: str | None) -> None:
        is_there = entry in self._acts
        if is_there and not entry.standing:
            self._acts.remove(entry)
            self._undone.append(entry)
        entry.kind.committed.emit()
        if not entry.standing:
            sentence = f"{entry.sentence} ({remark})" if remark else entry.sentence
            self.undone.emit(entry.number, sentence)
            if entry.act.subject is not None:
                self.brought_back.emit(entry.act.subject)
        elif is_there:
            # Its undo was cancelled: what is left of the act can still be undone.
            self.acted.emit(entry.number, entry.sentence)

    def _fail(self, entry: _Entry, error: BaseException, what: str) -> None:
        self._drop_undos()
        sentence = entry.kind.explain(error)
        if sentence is not None:
            entry.kind.refuse(sentence)
            return
        if what:
            self.report(f"{what}: {entry.sentence}")
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
