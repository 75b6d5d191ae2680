"""Find in page: looks for a text on all of the page, in slices while nothing else is to do.

What sections fold away is searched beside the UI thread and only counted. When a person goes to such a match,
its row is opened, and the match found in what it shows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from ui.detail.page.find import FoundInRow, Part, Wanted, find_in_row
from ui.detail.page.layout import Place
from ui.detail.page.page import SLICE_SECONDS, EventPage
from ui.detail.page.rows import Folded, Row
from ui.detail.page.section import PageSection
from ui.detail.page.selection import Caret

_DEEPEST = 200
_ROWS_BETWEEN_LOOKS = 8


@dataclass(frozen=True, slots=True)
class Match:
    """One match by its row; `number` counts those of its row, what the row folds away after what it shows."""

    place: Place
    number: int


class Finder(QObject):
    """Finds a text on the page. `changed`: the count, the current match or `is_done` has changed."""

    changed = Signal()

    def __init__(self, page: EventPage) -> None:
        super().__init__(page)
        self._page = page
        self._wanted: Wanted | None = None
        self._found: dict[int, FoundInRow] = {}
        self._hidden: dict[int, int] = {}
        self._width = 0
        self._next = 0
        self._pending: set[int] = set()
        self._sections: Sequence[PageSection] = page.sections
        self._goes_to_first = False
        self._opening = 0
        self._opened_at = 0
        self.current: Match | None = None
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._search_slice)
        page.built.connect(self._look_again)
        page.rebuilt.connect(self._look_again)
        page.show_matches(self.parts_in)

    def find(self, text: str) -> None:
        """Look for this, and go to the first match below the top of the view; empty: look for nothing."""
        self._wanted = Wanted(text) if text else None
        self._forget()
        self._opening = 0
        self.current = None
        self._goes_to_first = self._wanted is not None
        self._page.viewport().update()
        self._look_again()
        self.changed.emit()

    @property
    def is_active(self) -> bool:
        return self._wanted is not None

    @property
    def is_done(self) -> bool:
        """Whether all of the page has been searched."""
        return not self._idle.isActive() and not self._pending and self._page.complete

    def position(self) -> tuple[int, int]:
        """Which of the matches is the current one, from 1, and how many there are; 0 when none is."""
        before, total, here = 0, 0, None if self.current is None else self._index(self.current)
        for index, number in self._numbers():
            if index == here and self.current is not None:
                before = total + min(self.current.number, max(0, number - 1)) + 1
            total += number
        return before, total

    def step(self, direction: int) -> None:
        """Go to the next match (1), or the one before (-1); after the last comes the first."""
        numbers = [(index, number) for index, number in self._numbers() if number]
        if not numbers:
            return
        here = None if self.current is None else self._index(self.current)
        if here is None or self.current is None:
            self._go(*self._first_in_view(numbers))
            return
        counted = dict(numbers).get(here, 0)
        number = self.current.number + direction
        if self._is_closed(here, self.current.number):
            number = self.current.number
        if 0 <= number < counted:
            self._go(here, number)
        elif direction > 0:
            self._go(next((index for index, _ in numbers if index > here), numbers[0][0]), 0)
        else:
            index, count = next((each for each in reversed(numbers) if each[0] < here), numbers[-1])
            self._go(index, count - 1)

    def _is_closed(self, index: int, number: int) -> bool:
        """Whether a match is folded away, and can be shown."""
        found = self._at(index)
        return number >= len(found.matches) and _way_to_open(found.folded) is not None

    def select_current(self) -> None:
        """Select the current match, so that it can be copied and is seen when the search is closed."""
        index = None if self.current is None else self._index(self.current)
        found = None if index is None else self._found.get(id(self._page.stacking.rows[index]))
        if (
            index is None
            or found is None
            or self.current is None
            or self.current.number >= len(found.matches)
        ):
            return
        parts = found.matches[self.current.number]
        self._page.select(
            Caret(index, parts[0].span, parts[0].first), Caret(index, parts[-1].span, parts[-1].last)
        )

    def parts_in(self, index: int) -> tuple[Sequence[Part], Sequence[Part]]:
        """What is to be highlighted in a row: all matches, and the current one."""
        row = self._page.stacking.rows[index]
        found = self._found.get(id(row))
        if found is None or found.row is not row or not found.matches:
            return (), ()
        current: Sequence[Part] = ()
        if self.current is not None and self._index(self.current) == index:
            current = found.matches[min(self.current.number, len(found.matches) - 1)]
        return [part for match in found.matches for part in match], current

    def _forget(self) -> None:
        self._found.clear()
        self._hidden.clear()
        self._pending.clear()
        self._width = self._page.stacking.width
        self._sections = self._page.sections

    def _look_again(self) -> None:
        """Rows have changed: those that are new are searched."""
        if self._wanted is None:
            self._idle.stop()
            return
        if self._page.sections is not self._sections:
            self._opening = 0
            self._forget()
        elif self._page.stacking.width != self._width:
            self._forget()
        self._next = 0
        self._idle.start()

    def _search_slice(self) -> None:
        begun = perf_counter()
        rows = self._page.stacking.rows
        while self._next < len(rows):
            row = rows[self._next]
            known = self._found.get(id(row))
            if known is None or known.row is not row:
                self._at(self._next)
                if self._next % _ROWS_BETWEEN_LOOKS == 0 and perf_counter() - begun > SLICE_SECONDS:
                    return
            self._next += 1
        self._idle.stop()
        self._drop_old(rows)
        self._count_folded(rows)
        self._page.viewport().update()
        self._arrive()

    def _at(self, index: int) -> FoundInRow:
        """What is found in a row, which is searched now if it has not been: rows may just have changed."""
        stacking = self._page.stacking
        row = stacking.rows[index]
        found = self._found.get(id(row))
        if found is None or found.row is not row:
            assert self._wanted is not None
            found = self._found[id(row)] = find_in_row(row, self._wanted, stacking.type_, stacking.width)
            self._hidden.pop(id(row), None)
        return found

    def _drop_old(self, rows: Sequence[Row]) -> None:
        if len(self._found) > len(rows):
            there = {id(row) for row in rows}
            self._found = {key: found for key, found in self._found.items() if key in there}
            self._hidden = {key: number for key, number in self._hidden.items() if key in there}
            self._pending &= there

    def _count_folded(self, rows: Sequence[Row]) -> None:
        """Count what the rows fold away, beside the UI thread: it may be as long as the report."""
        wanted = self._wanted
        texts = [
            (row, found.folded.text)
            for row in rows
            if (found := self._found[id(row)]).folded is not None and self._is_to_be_counted(row)
        ]
        if not texts or wanted is None:
            return
        self._pending |= {id(row) for row, _text in texts}

        # While it holds the rows, no other row can have their ids.
        def count() -> list[tuple[Row, int]]:
            return [(row, wanted.number_in(text())) for row, text in texts]

        def counted(numbers: list[tuple[Row, int]]) -> None:
            if wanted is self._wanted:
                self._hidden |= {id(row): number for row, number in numbers if id(row) in self._pending}
                self._pending -= {id(row) for row, _number in numbers}
                self._arrive()

        self._page.in_background(count, counted)

    def _is_to_be_counted(self, row: Row) -> bool:
        return id(row) not in self._hidden and id(row) not in self._pending

    def _arrive(self) -> None:
        """All that can be counted now is counted: go on to where a person is going."""
        numbers = [(index, number) for index, number in self._numbers() if number]
        if self._opening and self.current is not None and not self._pending:
            self._go_on(numbers)
        elif self._goes_to_first and numbers and not self._pending:
            self._goes_to_first = False
            shown = [(index, 1) for index, _ in numbers if self._shows_matches(index)]
            self._go(*self._first_in_view(shown or numbers), opens=False)
        self.changed.emit()

    def _shows_matches(self, index: int) -> bool:
        return bool(self._at(index).matches)

    def _go_on(self, numbers: list[tuple[int, int]]) -> None:
        """What was folded is open: the first match in it is the one to go to. It may still be read."""
        assert self.current is not None
        here = self._index(self.current)
        if here is not None and self.current.number < dict(numbers).get(here, 0):
            self._go(here, self.current.number)
            return
        # A row that said how much more there is may be gone: the rest stands in its place.
        first = self._opened_at if here is None else here + 1
        index = next((index for index, _ in numbers if index >= first), None)
        if index is not None:
            self._go(index, 0)

    def _numbers(self) -> Iterator[tuple[int, int]]:
        """How many matches each row has, in order."""
        for index, row in enumerate(self._page.stacking.rows):
            found = self._found.get(id(row))
            if found is not None and found.row is row:
                yield index, len(found.matches) + self._hidden.get(id(row), 0)

    def _first_in_view(self, numbers: Sequence[tuple[int, int]]) -> tuple[int, int]:
        top = self._page.stacking.index_at(self._page.verticalScrollBar().value())
        return next((index for index, _ in numbers if index >= top), numbers[0][0]), 0

    def _index(self, match: Match) -> int | None:
        return self._page.stacking.find(match.place)

    def _go(self, index: int, number: int, *, opens: bool = True) -> None:
        """Make a match the current one and show it; one that is folded away is opened before."""
        found = self._at(index)
        self.current = Match(self._page.stacking.place(index), number)
        is_folded = number >= len(found.matches)
        if is_folded and opens and self._opening < _DEEPEST and (unfold := _way_to_open(found.folded)):
            self._opening += 1
            # It stands before what it opens, whose first match is looked for.
            self.current = Match(self._page.stacking.place(index), len(found.matches))
            self._opened_at = index
            self._page.reveal_row(index)
            unfold()
            return
        self._opening = 0
        parts = () if is_folded else found.matches[number]
        self._page.reveal_row(index, parts[0].span if parts else 0)
        self._page.viewport().update()
        self.changed.emit()


def _way_to_open(folded: Folded | None) -> Callable[[], None] | None:
    return None if folded is None else folded.unfold
