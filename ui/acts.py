"""What the undo stack does and undoes: an `Act` in one transaction, or a `LongAct` in steps."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from app.plain_text import plural
from ui.steps import Step

if TYPE_CHECKING:
    from app.store.database import Connection

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
    `done` is called on the UI thread after each commit of the act. `stands` says in a read transaction
    whether anything of what `do` returned is still so. `subject` is the issue that it is about, if it is one.
    """

    sentence: str
    do: Work[T]
    undo: "Callable[[Connection, T], str | None]"
    again: "Callable[[Connection, T], Work[T]] | None" = None
    done: Callable[[T], None] | None = None
    stands: "Callable[[Connection, T], bool] | None" = None
    subject: int | None = None

    def steps(self, earlier: Sequence[T | None]) -> list[Step]:
        """The only step; to redo the act, `earlier` is what it returned the last time."""
        again = self.again
        result = earlier[0] if earlier else None
        if again is None or result is None:
            return [lambda _connection: self.do]
        return [lambda connection: again(connection, result)]

    def undo_steps(self, results: Sequence[T | None]) -> list[Step]:
        """The only step that takes back what was done."""
        return [_undo_step(self.undo, result) for result in results if result is not None]

    def named(self, _first: int, _last: int) -> str:
        """The sentence."""
        return self.sentence

    def first(self, _steps: int) -> "Act[T]":
        """The act itself."""
        return self

    def remark(self, outcomes: Sequence[str | None]) -> str | None:
        """What `undo` said of what it left as it was."""
        return outcomes[0]

    def finish(self, results: Sequence[T | None]) -> None:
        """Call `done`, after the commit."""
        for result in results:
            if self.done is not None and result is not None:
                self.done(result)


class Stayed(Struct, frozen=True):
    """Of so many things that a step had changed, how many stay as they are: they were changed elsewhere."""

    count: int
    of: int


class LongAct(Struct, Generic[T], frozen=True, eq=False, kw_only=True):
    """Something a person does to many things, in steps; the first steps are an act, too, if no more come.

    `parts` are the numbers of the things, by step; `asked` is how many things were asked for; `noun` and
    `verb` describe what was done ("issue", "resolved"). `begin` is called whenever the act is done or done
    again, and returns what makes a step for a part. `undo` runs in a write transaction with what a step
    returned, and takes that back as far as it still stands; `stands` says in a read transaction whether any
    of it does.
    """

    parts: tuple[tuple[int, ...], ...]
    asked: int
    noun: str
    verb: str
    begin: Callable[[], Callable[[tuple[int, ...]], Step]]
    undo: "Callable[[Connection, T], Stayed]"
    stands: "Callable[[Connection, T], bool] | None" = None

    @property
    def subject(self) -> int | None:
        """The thing that it is about, if it is one."""
        return self.parts[0][0] if self.asked == 1 else None

    def steps(self, _earlier: Sequence[T | None]) -> list[Step]:
        """A step for each part."""
        step = self.begin()
        return [step(part) for part in self.parts]

    def undo_steps(self, results: Sequence[T | None]) -> list[Step]:
        """Steps that take back what these steps returned, the last first."""
        return [_undo_step(self.undo, result) for result in reversed(results)]

    def named(self, first: int, last: int) -> str:
        """What the steps from `first` up to `last`, which is not among them, did."""
        count = sum(map(len, self.parts[first:last]))
        whole = plural(self.asked, self.noun)
        return f"{whole} {self.verb}" if count == self.asked else f"{count:,} of {whole} {self.verb}"

    def first(self, steps: int) -> "LongAct[T]":
        """The act of the first so many steps."""
        return replace(self, parts=self.parts[:steps])

    def remark(self, outcomes: Sequence[Stayed]) -> str | None:
        """How many things stayed as they are. Raises `ChangedElsewhere` if all did."""
        stayed, of = sum(each.count for each in outcomes), sum(each.of for each in outcomes)
        if of and stayed == of:
            raise ChangedElsewhere
        return f"{plural(stayed, self.noun)} changed since and stayed" if stayed else None

    def finish(self, _results: Sequence[T | None]) -> None:
        """Nothing is left to do after the commits."""


def in_parts(numbers: Iterable[int], at_once: int) -> tuple[tuple[int, ...], ...]:
    """Numbers of things in parts for the steps of an act, each once.

    In their order, as they are stored: so a step changes fewer pages.
    """
    ordered = sorted(set(numbers))
    return tuple(tuple(ordered[start : start + at_once]) for start in range(0, len(ordered), at_once))


def _undo_step(undo: "Callable[[Connection, T], object]", result: T | None) -> Step:
    if result is None:
        # The step changed nothing.
        return lambda _connection: lambda _writing: Stayed(0, 0)
    return lambda _connection: lambda writing: undo(writing, result)
