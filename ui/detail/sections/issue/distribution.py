"""How the issue's events spread over the values of each tag: a bar each; a click filters the list."""

from typing import TYPE_CHECKING

from app import issue_overview
from app.plain_text import one_line, plural
from app.query import writing
from ui.detail.page.heading import Heading
from ui.detail.page.rows import MenuEntry, Row, Space
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.table_row import BarRow, HoursRow
from ui.detail.page.text_line import TextLine
from ui.detail.requests import FilterBy
from ui.theme import UNIT

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window imports off the UI thread only
    from app.issue_overview.distribution import Distribution, Spread
    from app.store.database import Connection

_TAGS_AT_ONCE = 12


class DistributionSection(Section):
    """Folded at first; the counters are read when it is opened."""

    name = "Distribution"
    jump = "Distribution"

    def begin(self) -> None:
        self._found: Distribution | None = None
        self._is_reading = False
        self._shown = _TAGS_AT_ONCE

    def rows(self) -> list[Row]:
        if self.detail.issue.count < 2:
            return []
        opened = self.is_open("all")
        events = plural(self.detail.issue.count, "event")
        rows: list[Row] = [
            Heading(self.name, f"of {events}", opened=opened, toggle=lambda: self.toggle("all"))
        ]
        if not opened:
            return rows
        if self._found is None:
            self._read()
        if self._found is None:
            return [*rows, TextLine("reading", [("Reading …", Font.SMALL, "text_faint")])]
        pieces = [("Hour of the day", Font.STRONG, "text")]
        rows += [TextLine("hours title", pieces), HoursRow("hours", self._found.hours)]
        if not self._found.spreads:
            return [*rows, TextLine("none", [("The events have no tags.", Font.SMALL, "text_faint")])]
        for spread in self._found.spreads[: self._shown]:
            rows += self._spread(spread)
        if (left := len(self._found.spreads) - self._shown) > 0:
            text = plural(left, "more tag")
            rows.append(TextLine("more", [(text, Font.SMALL, "accent")], activate=self._more, opened=False))
        return rows

    def _spread(self, spread: "Spread") -> list[Row]:
        name = spread.name
        facts = plural(spread.different, "value")
        if spread.without:
            facts += f" · {plural(spread.without, 'event')} without"
        pieces = [(name, Font.STRONG, "text"), (facts, Font.SMALL, "text_faint")]
        rows: list[Row] = [Space(("above", name), UNIT), TextLine(("tag", name), pieces)]
        rows += (self._bar(name, value, count) for value, count in spread.values)
        if spread.others:
            share = self._share(spread.others)
            rows.append(BarRow(("others", name), "other values", share, _number(spread.others, share)))
        return rows

    def _bar(self, name: str, value: str, count: int) -> BarRow:
        share = self._share(count)
        return BarRow(
            ("bar", name, value),
            value,
            share,
            _number(count, share),
            activate=lambda: self.host.request(FilterBy(writing.tag(name, value))),
            tooltip=f"Show the issues with {one_line(name, 60)}: {one_line(value)}",
            menu=(MenuEntry("Copy value", lambda: self.host.copy(value, "Value")),),
        )

    def _share(self, count: int) -> float:
        return count / max(1, self._found.events if self._found else 1)

    def _read(self) -> None:
        if self._is_reading:
            return
        self._is_reading = True
        issue = self.detail.issue.id

        def read(connection: "Connection") -> "Distribution":
            return issue_overview.distribution.of(connection, issue)

        self.host.from_store(read, self._show)

    def _show(self, found: "Distribution") -> None:
        self._found = found
        self.host.rebuild(self)

    def _more(self) -> None:
        self._shown += _TAGS_AT_ONCE
        self.host.rebuild(self)


def _number(count: int, share: float) -> str:
    percent = "< 1 %" if 0 < share < 0.01 else f"{100 * share:.0f} %"
    return f"{count:,} · {percent}"
