"""All events of the issue as a table, a hundred at a time, with the columns that the person has chosen."""

from typing import TYPE_CHECKING

from app import issue_overview, user_agent_process
from app.plain_text import one_line
from ui.detail.page.heading import Control, Heading
from ui.detail.page.rows import MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.table_row import TableRow
from ui.detail.page.text_line import TextLine
from ui.detail.requests import ChooseEventColumns, CompareEvents, ShowEvent
from ui.wording import ago, local

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window imports off the UI thread only
    from app.issue_overview.event_lines import EventLine
    from app.store.database import Connection

_TIME_PART = 0.16
# The first column is mostly the message, which is longer than the others.
_FIRST_COLUMN_WEIGHT = 2.0


class EventsSection(Section):
    """Folded at first; nothing is read before it is opened."""

    name = "Events"
    jump = "Events"

    def begin(self) -> None:
        self._lines: list[EventLine] = []
        self._columns: tuple[str, ...] = ()
        self._offered: set[str] = set()
        self._is_reading = False
        self._has_more = True

    def rows(self) -> list[Row]:
        opened = self.is_open("all")
        place = self.detail.place
        count = f"{place.position:,} of {place.total:,}"
        controls = [Control("Columns", self._choose, "Choose what the table shows")] if opened else []
        heading = Heading(self.name, count, controls, opened=opened, toggle=lambda: self.toggle("all"))
        if not opened:
            return [heading]
        chosen = self.host.preferences.chosen.event_columns
        if chosen != self._columns:
            self._lines, self._columns, self._has_more = [], chosen, True
        if not self._lines and self._has_more and not self._is_reading:
            self._read()
        rows: list[Row] = [heading, self._head()]
        rows += (self._line(line) for line in self._lines)
        if self._is_reading:
            rows.append(TextLine("reading", [("Reading …", Font.SMALL, "text_faint")]))
        elif self._has_more:
            pieces = [("More events", Font.SMALL, "accent")]
            rows.append(TextLine("more", pieces, activate=self._read_more, opened=False))
        return rows

    def _widths(self) -> list[float]:
        weights = [_FIRST_COLUMN_WEIGHT] + [1.0] * (len(self._columns) - 1) if self._columns else []
        return [_TIME_PART, *((1 - _TIME_PART) * weight / sum(weights) for weight in weights)]

    def _head(self) -> TableRow:
        names = [name.removeprefix("tag.").capitalize() for name in self._columns]
        return TableRow("head", ["When", *names], self._widths(), colour="text_faint", dot="surface")

    def _line(self, line: "EventLine") -> TableRow:
        shown = self.detail.pk
        menu = [MenuEntry("Copy event id", lambda: self.host.copy(line.event_id, "Event id"))]
        if line.pk != shown:
            compare = CompareEvents(one=shown, other=line.pk)
            menu.insert(0, MenuEntry("Compare with the event shown", lambda: self.host.request(compare)))
        return TableRow(
            ("event", line.pk),
            [ago(line.timestamp), *line.values],
            self._widths(),
            dot=f"level_{line.level}",
            is_marked=line.pk == shown,
            activate=lambda: self.host.request(ShowEvent(line.pk)),
            tooltip="\n".join((local(line.timestamp), *(one_line(value) for value in line.values if value))),
            menu=menu,
        )

    def _read(self) -> None:
        issue, columns = self.detail.issue.id, self._columns
        before = self._lines[-1].pk if self._lines else None
        self._is_reading = True

        def read(connection: "Connection") -> "list[EventLine]":
            agent = user_agent_process.shared.known
            return issue_overview.event_lines.page(
                connection, issue, columns, before=before, read_agent=agent
            )

        def show(lines: "list[EventLine]") -> None:
            self._is_reading = False
            if columns == self._columns:
                self._lines += lines
                self._has_more = len(lines) == issue_overview.event_lines.AT_ONCE
                self._offered.update(*(line.columns for line in lines))
                self.host.rebuild(self)

        self.host.from_store(read, show)

    def _read_more(self) -> None:
        self._read()
        self.host.rebuild(self)

    def _choose(self) -> None:
        self.host.request(ChooseEventColumns(tuple(sorted(self._offered))))
