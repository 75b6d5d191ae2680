"""What happened to the issue, the newest first: automatic changes, acts of persons, and notes."""

from typing import TYPE_CHECKING

from app.plain_text import plural
from ui.commands.keymap import with_key
from ui.detail.page.heading import Control, Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import Action, MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import AddNote, OpenLink
from ui.theme import UNIT
from ui.wording import ago, local

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.store.inbox.triage.history import Line

_AT_FIRST = 5
_MOST = 500
_DOTS = {
    "new": "accent",
    "regressed": "level_error",
    "escalating": "level_error",
    "unmuted": "level_warning",
    "resolved": "success",
    "note": "accent",
}


class TimelineSection(Section):
    """A line for each thing that happened; notes in full below theirs."""

    name = "Timeline"
    jump = "Timeline"

    def begin(self) -> None:
        self.lines = self.detail.timeline

    def rows(self) -> list[Row]:
        if not self.lines:
            return []
        note = Control(
            "Add a note", lambda: self.host.request(AddNote()), with_key("Write down what is known", "note")
        )
        rows: list[Row] = [Heading(self.name, f"{len(self.lines):,}", (note,))]
        opened = self.is_open("all")
        shown = self.lines[: _MOST if opened else _AT_FIRST]
        for line in shown:
            rows += self._line(line)
        if len(self.lines) > _AT_FIRST:
            text = "Fewer" if opened else f"{len(self.lines) - _AT_FIRST:,} earlier"
            pieces = [(text, Font.SMALL, "accent")]
            rest = self.lines[_AT_FIRST:]
            rows.append(
                TextLine(
                    "rest",
                    pieces,
                    activate=lambda: self.toggle("all"),
                    opened=opened,
                    hidden=lambda: "\n".join(f"{line.title} {line.text}" for line in rest),
                    hint=True,
                )
            )
        return rows

    def _line(self, line: "Line") -> list[Row]:
        pieces = [(line.title, Font.BODY, "text")]
        if text := "" if line.kind == "note" else _line_text(line):
            pieces.append((text, Font.BODY, "text_muted"))
        pieces.append((ago(line.at), Font.SMALL, "text_faint"))
        menu: tuple[MenuEntry, ...] = ()
        if event_id := line.event_id:
            menu = (MenuEntry("Copy event id", lambda: self.host.copy(event_id, "Event id")),)
        dot = _DOTS.get(line.kind, "text_faint")
        # The page of an issue that was made of this one elsewhere.
        opens = self._opening(line.text) if line.kind == "tracked" else None
        rows: list[Row] = [
            TextLine(("line", line.id), pieces, dot=dot, tooltip=local(line.at), menu=menu, activate=opens)
        ]
        if line.kind == "note":
            copy = (MenuEntry("Copy note", lambda: self.host.copy(line.text, "Note")),)
            rows.append(Paragraph(("note", line.id), line.text, indent=2 * UNIT, most_lines=40, menu=copy))
        return rows

    def _opening(self, url: str) -> Action:
        return lambda: self.host.request(OpenLink(url))


def _line_text(line: "Line") -> str:
    if line.kind == "count" and line.count is not None:
        return plural(line.count, "event")
    until = "" if line.until is None else f"until {local(line.until)[:16]}"
    release = f"in {line.release}" if line.kind == "new" and line.release else ""
    return " · ".join(part for part in (line.text, release, until) if part)
