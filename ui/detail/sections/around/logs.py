"""The log lines of the error's trace, or else of about the same time, up to the error."""

from typing import TYPE_CHECKING, Any

from app import digest
from app.event_parts.pieces import Piece
from app.model import Level, from_micros, to_micros
from app.secrets_in_text import hide
from ui.commands.keymap import with_key
from ui.detail.page.heading import Control, Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import INDENT, Action, MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.sections.around.crumb_row import TIME_COLUMN, Crumb, CrumbRow
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text
from ui.theme import UNIT
from ui.wording import before, local

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.trace_detail import Around, ShownLine

SHOWN_AT_FIRST = 20
AFTER_SHOWN = 10
MORE_AT_ONCE = 150
_DATA_DEPTH = (TIME_COLUMN + 3 * UNIT) // INDENT
_BY_WEIGHT = list(Level)
# What the heading offers: the least level that is shown.
_CHOICES = (("All", Level.DEBUG), ("Info", Level.INFO), ("Warnings", Level.WARNING), ("Errors", Level.ERROR))
_WHAT_TO_SET = {
    "sentry": "Set enable_logs=True (enableLogs in JavaScript) where the client is set up.",
    "otlp": "Give OpenTelemetry's SDK a log exporter to this address.",
}


class LogsSection(Section):
    """Shows what it was given last; nothing before that."""

    name = "Logs"

    def begin(self) -> None:
        self._around: Around | None = None
        self._is_stored = True
        self._opened: set[Any] = set()
        self._trees: dict[Any, Tree] = {}
        self._earlier, self._later = SHOWN_AT_FIRST, AFTER_SHOWN

    def take(self, around: "Around", *, is_stored: bool) -> None:
        """Show this from now on. `is_stored`: log lines are not switched off."""
        self._around = around
        self._is_stored = is_stored
        self.jump = "Logs" if around.lines else ""

    def rows(self) -> list[Row]:
        around = self._around
        if around is None:
            return []
        if not around.lines:
            return self._nothing()
        least = self._least()
        lines = [
            each for each in around.lines if _BY_WEIGHT.index(each.line.level) <= _BY_WEIGHT.index(least)
        ]
        controls = [
            Control(word, lambda level=level: self._show_from(level), on=level is least)  # type: ignore[misc]
            for word, level in _CHOICES
        ]
        count = (
            f"{len(lines):,}"
            if len(lines) == len(around.lines)
            else f"{len(lines):,} of {len(around.lines):,}"
        )
        rows: list[Row] = [Heading(self.name, count, controls)]
        if around.by_time:
            rows.append(Paragraph("by time", self._around_it(), Font.SMALL, "text_muted"))
        return rows + self._lines(lines)

    def _nothing(self) -> list[Row]:
        opened = self.is_open("empty")
        if not self._is_stored:
            why = "not stored"
            hint = f"Storing log lines is switched off in the {with_key('preferences', 'preferences')}."
        else:
            family = self.event.protocol.partition(".")[0]
            why = "none came"
            hint = _WHAT_TO_SET.get(
                family, "Send the app's log lines here, too: as OpenTelemetry, Loki or GELF."
            )
        heading = Heading(self.name, why, opened=opened, toggle=lambda: self.toggle("empty"))
        return [heading, *([Paragraph("hint", hint, Font.SMALL, "text_muted")] if opened else [])]

    def _around_it(self) -> str:
        where = (
            f"{self.event.project} on {self.event.server_name}"
            if self.event.server_name
            else self.event.project
        )
        return f"No line names this error's trace: these are of {where}, from the minute before it."

    def _least(self) -> Level:
        return next((level for _word, level in _CHOICES if self.is_open(level)), Level.DEBUG)

    def _show_from(self, least: Level) -> None:
        for _word, level in _CHOICES:
            self.host.folds[f"{self.name}/{level}"] = level is least
        self.host.rebuild(self)

    def _lines(self, lines: "list[ShownLine]") -> list[Row]:
        crash = to_micros(self.event.timestamp)
        earlier = [each for each in lines if each.line.time <= crash]
        later = lines[len(earlier) :]
        first = max(0, len(earlier) - self._earlier)
        shown = [*earlier[first:], *later[: self._later]]
        widest = max((self._source(each) for each in shown), key=len, default="")
        rows: list[Row] = []
        if first:
            rows.append(self._more("earlier", f"{first:,} earlier", self._show_earlier, earlier[:first]))
        for each in earlier[first:]:
            rows += self._line(each, widest)
        event = self.event
        title = event.title or "The error"
        crumb = Crumb("0 ms", local(event.timestamp), str(event.level), "", (Piece(title),), title)
        rows.append(CrumbRow("crash", crumb, widest=widest))
        for each in later[: self._later]:
            rows += self._line(each, widest)
        left = len(later) - self._later
        if left > 0:
            rows.append(self._more("later", f"{left:,} later", self._show_later, later[self._later :]))
        return rows

    def _more(self, key: str, text: str, activate: Action, rest: "list[ShownLine]") -> TextLine:
        return TextLine(
            key,
            [(text, Font.SMALL, "text_muted")],
            activate=activate,
            opened=False,
            hidden=lambda: "\n".join(hide(each.line.message) for each in rest),
        )

    def _show_earlier(self) -> None:
        self._earlier += MORE_AT_ONCE
        self.host.rebuild(self)

    def _show_later(self) -> None:
        self._later += MORE_AT_ONCE
        self.host.rebuild(self)

    def _source(self, each: "ShownLine") -> str:
        """Who wrote the line: its logger, and its project where that is another one."""
        logger, project = each.line.logger or "", each.project
        if project == self.event.project or logger.startswith(project):
            return logger[:80]
        return f"{project} · {logger}"[:80] if logger else project[:80]

    def _line(self, each: "ShownLine", widest: str) -> list[Row]:
        line = each.line
        key = (line.time, line.message, line.span_id, line.logger)

        def activate() -> None:
            self._opened ^= {key}
            self.host.rebuild(self)

        moment = from_micros(line.time)
        opened = key in self._opened
        message = hide(line.message)
        crumb = Crumb(
            when=before(moment, self.event.timestamp),
            at=local(moment),
            level=str(line.level),
            category=self._source(each),
            line=(Piece(message),),
            message=message,
        )
        menu = (
            MenuEntry("Copy message", lambda: self.host.copy(message, "Message")),
            MenuEntry("Copy log line", lambda: self.host.copy(as_text(self._facts(each)), "Log line")),
        )
        row = CrumbRow(
            ("line", *key),
            crumb,
            widest=widest,
            opened=opened,
            activate=activate,
            menu=menu,
        )
        if not opened or not line.data:
            return [row]
        tree = self._trees.setdefault(key, Tree(self, f"line {key}"))
        return [row, *tree.rows(digest.scrubbing.values(line.data), depth=_DATA_DEPTH)]

    def _facts(self, each: "ShownLine") -> dict[str, Any]:
        line = each.line
        return {
            "time": from_micros(line.time).isoformat(),
            "level": str(line.level),
            "logger": line.logger,
            "message": hide(line.message),
            "project": each.project,
            "trace_id": line.trace_id or None,
            "span_id": line.span_id,
            "attributes": digest.scrubbing.values(line.data),
        }
