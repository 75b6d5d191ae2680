"""Other issues that look like this one."""

from typing import TYPE_CHECKING

from app import issue_overview
from app.plain_text import compact_line, plural
from ui.detail.page.heading import Heading
from ui.detail.page.rows import Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.table_row import TableRow
from ui.detail.page.text_line import TextLine
from ui.detail.requests import ShowIssue
from ui.wording import ago, local

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window imports off the UI thread only
    from app.issue_overview.similar import Similar
    from app.store.database import Connection

_WIDTHS = (0.6, 0.24, 0.16)


class SimilarSection(Section):
    """Folded at first; the others are looked for when it is opened."""

    name = "Similar issues"
    jump = "Similar"

    def begin(self) -> None:
        self._found: list[Similar] | None = None
        self._is_reading = False

    def rows(self) -> list[Row]:
        opened = self.is_open("all")
        count = "" if self._found is None else f"{len(self._found):,}"
        rows: list[Row] = [Heading(self.name, count, opened=opened, toggle=lambda: self.toggle("all"))]
        if not opened:
            return rows
        if self._found is None:
            self._read()
        if self._found is None:
            return [*rows, TextLine("reading", [("Looking …", Font.SMALL, "text_faint")])]
        if not self._found:
            text = "No other issue has its type, its place or a similar message."
            return [*rows, TextLine("none", [(text, Font.SMALL, "text_faint")])]
        return [*rows, *(self._row(similar) for similar in self._found)]

    def _row(self, similar: "Similar") -> TableRow:
        issue = similar.issue
        facts = f"{issue.project} · {plural(issue.count, 'event')}, {issue.state}"
        return TableRow(
            ("issue", issue.id),
            [compact_line(issue.title), ", ".join(similar.alike), ago(issue.last_seen)],
            _WIDTHS,
            dot=f"level_{issue.level}",
            activate=lambda: self.host.request(ShowIssue(issue.id)),
            tooltip=f"{compact_line(issue.title)}\n{facts}\nlast seen {local(issue.last_seen)}",
        )

    def _read(self) -> None:
        if self._is_reading:
            return
        self._is_reading = True
        issue = self.detail.issue.id

        def read(connection: "Connection") -> "list[Similar]":
            return issue_overview.similar.of(connection, issue)

        self.host.from_store(read, self._show)

    def _show(self, found: "list[Similar]") -> None:
        self._found = found
        self.host.rebuild(self)
