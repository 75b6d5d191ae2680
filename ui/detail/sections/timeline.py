"""What happened to the issue, the newest first: by itself, by persons, and what they noted."""

from typing import TYPE_CHECKING

from app.plain_text import plural
from ui.detail.page.rows import Control, Heading, Line, MenuEntry, Paragraph, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.theme import UNIT
from ui.wording import ago, local

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports beside the UI thread only
    from app.store.inbox.history import Line as Told

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


class Timeline(Section):
    """A line for each thing that happened; notes in full below theirs."""

    name = "Timeline"
    jump = "Timeline"

    def begin(self) -> None:
        self.told = self.detail.timeline

    def rows(self) -> list[Row]:
        if not self.told:
            return []
        note = Control("Add a note", lambda: self.desk.want("note"), "Write down what is known (N)")
        rows: list[Row] = [Heading(self.name, f"{len(self.told):,}", (note,))]
        opened = self.is_open("all")
        shown = self.told[: _MOST if opened else _AT_FIRST]
        for told in shown:
            rows += self._line(told)
        if len(self.told) > _AT_FIRST:
            words = "Fewer" if opened else f"{len(self.told) - _AT_FIRST:,} earlier"
            pieces = [(words, Font.SMALL, "accent")]
            rows.append(Line("rest", pieces, activate=lambda: self.toggle("all"), opened=opened))
        return rows

    def _line(self, told: "Told") -> list[Row]:
        pieces = [(told.title, Font.BODY, "text")]
        if words := "" if told.kind == "note" else _words(told):
            pieces.append((words, Font.BODY, "text_muted"))
        pieces.append((ago(told.at), Font.SMALL, "text_faint"))
        menu: tuple[MenuEntry, ...] = ()
        if event_id := told.event_id:
            menu = (MenuEntry("Copy event id", lambda: self.desk.copy(event_id, "Event id")),)
        dot = _DOTS.get(told.kind, "text_faint")
        rows: list[Row] = [Line(("told", told.id), pieces, dot=dot, tooltip=local(told.at), menu=menu)]
        if told.kind == "note":
            copy = (MenuEntry("Copy note", lambda: self.desk.copy(told.text, "Note")),)
            rows.append(Paragraph(("note", told.id), told.text, indent=2 * UNIT, most_lines=40, menu=copy))
        return rows


def _words(told: "Told") -> str:
    if told.kind == "count" and told.count is not None:
        return plural(told.count, "event")
    until = "" if told.until is None else f"until {local(told.until)[:16]}"
    release = f"in {told.release}" if told.kind == "new" and told.release else ""
    return " · ".join(part for part in (told.text, release, until) if part)
