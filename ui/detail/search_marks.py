"""Marks on the page what the list was searched for, as long as nothing is looked for in the event itself."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject

from app.query.highlight import Highlighter
from ui.detail.page.find import Part, matches_in
from ui.detail.page.finder import Finder
from ui.detail.page.page import EventPage
from ui.detail.page.sheet import Sheet

_MOST_ROWS = 2_000


class SearchMarks(QObject):
    """Says what is highlighted in each row. A row is searched when it is painted first."""

    def __init__(self, page: EventPage, finder: Finder) -> None:
        super().__init__(page)
        self._page = page
        self._finder = finder
        self._text = ""
        self._words = _Words("")
        # By the identity of the sheet, which is held: another one may have its number later.
        self._known: dict[int, tuple[Sheet, Sequence[Part]]] = {}
        page.show_matches(self.parts_in)

    def mark(self, text: str) -> None:
        """Mark the words of this search."""
        if text != self._text:
            self._text, self._words = text, _Words(text)
            self._known.clear()
            self._page.viewport().update()

    def parts_in(self, index: int) -> tuple[Sequence[Part], Sequence[Part]]:
        """What is to be highlighted in a row."""
        if self._finder.is_active:
            return self._finder.parts_in(index)
        if not self._words.found:
            return (), ()
        sheet = self._page.stacking.sheet(index)
        known = self._known.get(id(sheet))
        if known is None or known[0] is not sheet:
            if len(self._known) >= _MOST_ROWS:
                self._known.clear()
            parts = [part for match in matches_in(sheet, self._words) for part in match]
            known = self._known[id(sheet)] = sheet, parts
        return known[1], ()


class _Words:
    def __init__(self, text: str) -> None:
        self.found = Highlighter(text)

    def starts(self, text: str) -> Iterable[tuple[int, int]]:
        return self.found.ranges(text)
