"""The trace: the spans around the error on a time axis, and the errors of the same trace."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app import digest
from app.model import from_micros, to_micros
from app.plain_text import plural
from app.secrets_in_text import hide
from ui.commands.keymap import with_key
from ui.detail.page.heading import Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import INDENT, Action, MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import ShowEvent
from ui.detail.sections.around.span_row import SERIES, Axis, AxisRow, SpanRow, SpanText, length_text
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text
from ui.wording import before, local

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.model import EventSummary
    from app.trace_detail import Around
    from app.traces.waterfall import Bar, Waterfall

SHOWN_AT_FIRST = 120
SHOWN_ABOVE = 25
PINNED = 12
MORE_AT_ONCE = 300
ERRORS_SHOWN = 20
# So many spans beside the way to the error's own are folded at first.
_MANY = 40
_WELL = frozenset((None, "ok", "unset", "cancelled"))
_DATA_DEPTH = 2
_OWN = "error here"
_WHAT_TO_SET = {
    "sentry": "Set traces_sample_rate (tracesSampleRate in JavaScript) where the client is set up.",
    "otlp": "Give OpenTelemetry's SDK a span exporter to this address, as for its logs.",
    "elastic": "Elastic's agents send transactions by themselves, unless ELASTIC_APM_RECORDING or "
    "transaction_sample_rate switches that off.",
}


class TraceSection(Section):
    """Shows what it was given last; nothing before that."""

    name = "Trace"

    def begin(self) -> None:
        self._around: Around | None = None
        # The bar of the span in which the error happened, the last that failed before it, those above both.
        self._place: int | None = None
        self._anchor: int | None = None
        self._way: set[int] = set()
        self._is_stored = True
        self._trees: dict[str, Tree] = {}
        self._opened: set[str] = set()
        self._folded: set[str] = set()
        self._unfolded: set[str] = set()
        self._earlier = self._later = 0
        self._all_errors = False

    def take(self, around: "Around", *, is_stored: bool) -> None:
        """Show this from now on. `is_stored`: traces are not switched off."""
        self._around = around
        self._is_stored = is_stored
        bars = around.waterfall.bars
        self._place = around.waterfall.place_of(around.span_id) if around.span_id else None
        self._anchor = self._anchor_in(bars)
        self._way = _way_to(bars, self._place) | _way_to(bars, self._anchor)
        self.jump = "Trace" if around.waterfall.bars or around.errors else ""

    def rows(self) -> list[Row]:
        around = self._around
        if around is None:
            return []
        if not self.jump:
            return self._nothing(around)
        bars = around.waterfall.bars
        count = plural(len(bars), "span") if bars else ""
        if around.waterfall.left_out:
            count += f" · {around.waterfall.left_out:,} more are left out"
        menu = (MenuEntry("Copy trace id", lambda: self.host.copy(around.trace_id, "Trace id")),)
        heading = Heading(self.name, count)
        heading.menu = menu
        rows: list[Row] = [heading]
        if bars:
            rows += self._waterfall(around.waterfall)
        return rows + self._errors(around.errors)

    def _nothing(self, around: "Around") -> list[Row]:
        opened = self.is_open("empty")
        if not self._is_stored:
            why = "not stored"
            hint = f"Storing traces is switched off in the {with_key('preferences', 'preferences')}."
        elif not around.trace_id:
            why, hint = "the error names none", self._what_to_set()
        else:
            why, hint = "no spans came", self._what_to_set()
        heading = Heading(self.name, why, opened=opened, toggle=lambda: self.toggle("empty"))
        return [heading, *([Paragraph("hint", hint, Font.SMALL, "text_muted")] if opened else [])]

    def _what_to_set(self) -> str:
        family = self.event.protocol.partition(".")[0]
        return _WHAT_TO_SET.get(family, "This client sends no traces.")

    # -- spans ----------------------------------------------------------------------------------------------

    def _waterfall(self, waterfall: "Waterfall") -> list[Row]:
        axis = Axis(waterfall.start, waterfall.end, self._crash(waterfall))
        colours = {name: SERIES[n % len(SERIES)] for n, name in enumerate(waterfall.projects)}
        rows: list[Row] = [AxisRow("axis", axis, list(colours.items()))]
        visible = self._visible(waterfall.bars)
        first, last = self._window(visible)
        # What the first one is below of stays in sight.
        above = sorted(_way_to(waterfall.bars, visible[first]) - {visible[first]}) if first else []
        above = above[-PINNED:]
        for index in above:
            rows += self._span(waterfall.bars[index], index, axis, colours)
        if first > len(above):
            rest = visible[:first]
            text = f"{first - len(above):,} above"
            rows.append(self._more("earlier", text, self._show_earlier, rest))
        for index in visible[first:last]:
            rows += self._span(waterfall.bars[index], index, axis, colours)
        if rest := visible[last:]:
            rows.append(self._more("later", f"{len(rest):,} more", self._show_later, rest))
        return rows

    def _crash(self, waterfall: "Waterfall") -> int | None:
        """When the error happened, if that is within the time of the trace, or just behind it."""
        crash, spare = to_micros(self.event.timestamp), (waterfall.end - waterfall.start) // 20 + 1_000
        return crash if waterfall.start - spare <= crash <= waterfall.end + spare else None

    def _anchor_in(self, bars: "tuple[Bar, ...]") -> int | None:
        """The last bar that failed and began before the error did, at or below its own; else its own."""
        crash, first, last = to_micros(self.event.timestamp), 0, len(bars) - 1
        if self._place is not None:
            first, last = self._place, self._place + bars[self._place].following
        failed = [
            (bar.start, index)
            for index, bar in enumerate(bars)
            if first <= index <= last and bar.start <= crash and bar.span.status not in _WELL
        ]
        return max(failed)[1] if failed else self._place

    def _visible(self, bars: "tuple[Bar, ...]") -> list[int]:
        """The indexes of the bars that no folded one hides."""
        visible, index = [], 0
        while index < len(bars):
            visible.append(index)
            index += 1 + (bars[index].following if self._is_folded(bars[index], index) else 0)
        return visible

    def _is_folded(self, bar: "Bar", index: int) -> bool:
        if not bar.following or bar.span.span_id in self._unfolded:
            return False
        if bar.span.span_id in self._folded:
            return True
        return bool(self._way) and bar.following >= _MANY and index not in self._way

    def _window(self, visible: list[int]) -> tuple[int, int]:
        """Which of the visible bars are shown, from and to: those that lead to the error."""
        anchor = bisect_left(visible, self._anchor or 0)
        begin = max(0, anchor - SHOWN_ABOVE)
        # Where nearly all fit, all do.
        begin = 0 if len(visible) <= SHOWN_AT_FIRST else begin
        return max(0, begin - self._earlier), min(len(visible), begin + SHOWN_AT_FIRST + self._later)

    def _more(self, key: str, text: str, activate: Action, rest: Sequence[int]) -> TextLine:
        pieces = [(text, Font.SMALL, "accent")]
        hidden = lambda: self._names(rest)  # noqa: E731 - it is made where it is needed
        return TextLine(key, pieces, activate=activate, opened=False, hidden=hidden)

    def _names(self, places: Sequence[int]) -> str:
        """The text of these bars, for the search in the page."""
        bars = self._around.waterfall.bars if self._around is not None else ()
        return "\n".join(f"{bars[place].span.op or ''} {hide(bars[place].span.name)}" for place in places)

    def _show_earlier(self) -> None:
        self._earlier += MORE_AT_ONCE
        self.host.rebuild(self)

    def _show_later(self) -> None:
        self._later += MORE_AT_ONCE
        self.host.rebuild(self)

    def _span(self, bar: "Bar", index: int, axis: Axis, colours: dict[str, str]) -> list[Row]:
        span = bar.span
        own_id = span.span_id
        opened = own_id in self._opened
        folded = self._is_folded(bar, index)
        text = SpanText(
            op=span.op or "",
            name=hide(span.name),
            length=length_text(bar.end - bar.start),
            start=bar.start,
            end=bar.end,
            depth=bar.depth,
            colour=colours[bar.project],
            failed=span.status not in _WELL,
            badge=_OWN if index == self._place else f"+{bar.following:,}" if folded else "",
        )

        def activate() -> None:
            self._opened ^= {own_id}
            self.host.rebuild(self)

        def fold() -> None:
            hidden = self._is_folded(bar, index)
            (self._folded.discard if hidden else self._folded.add)(own_id)
            (self._unfolded.add if hidden else self._unfolded.discard)(own_id)
            self.host.rebuild(self)

        below = range(index + 1, index + 1 + bar.following)
        menu = (
            MenuEntry("Copy description", lambda: self.host.copy(hide(span.name), "Description")),
            MenuEntry("Copy span", lambda: self.host.copy(as_text(self._facts(bar)), "Span")),
            MenuEntry("Copy span id", lambda: self.host.copy(own_id, "Span id")),
        )
        row = SpanRow(
            ("span", own_id),
            text,
            axis,
            opened=opened,
            activate=activate,
            is_folded=folded if bar.following else None,
            fold=fold if bar.following else None,
            hidden=lambda: self._names(below) if folded else as_text(self._facts(bar)),
            menu=menu,
        )
        if not opened:
            return [row]
        tree = self._trees.setdefault(own_id, Tree(self, f"span {own_id}"))
        return [row, *tree.rows(self._facts(bar), depth=_DATA_DEPTH)]

    def _facts(self, bar: "Bar") -> dict[str, Any]:
        span = bar.span
        facts = {
            "op": span.op,
            "description": hide(span.name),
            "project": bar.project,
            "status": span.status,
            "began": _moment_text(span.start),
            "took": length_text(bar.end - bar.start),
            "clock": "behind its caller's: moved into its time" if bar.is_shifted else None,
            "span_id": span.span_id,
            "parent_id": span.parent_id,
            "trace_id": span.trace_id,
            **digest.scrubbing.values(span.data),
        }
        return {name: value for name, value in facts.items() if value not in (None, "")}

    # -- errors ---------------------------------------------------------------------------------------------

    def _errors(self, errors: "tuple[EventSummary, ...]") -> list[Row]:
        if not errors:
            return []
        shown = errors if self._all_errors else errors[:ERRORS_SHOWN]
        title = plural(len(errors), "other error of this trace", "other errors of this trace")
        rows: list[Row] = [TextLine("errors", [(title, Font.SMALL, "text_muted")])]
        rows += [self._error(error) for error in shown]
        if len(shown) < len(errors):
            pieces = [(f"{len(errors) - len(shown):,} more", Font.SMALL, "accent")]
            rows.append(TextLine("all errors", pieces, activate=self._show_all_errors, opened=False))
        return rows

    def _show_all_errors(self) -> None:
        self._all_errors = True
        self.host.rebuild(self)

    def _error(self, error: "EventSummary") -> TextLine:
        pieces = [
            (error.title or "No message", Font.BODY, "text"),
            (error.project, Font.SMALL, "text_muted"),
            (before(error.timestamp, self.event.timestamp), Font.SMALL, "text_faint"),
        ]
        return TextLine(
            ("error", error.pk),
            pieces,
            indent=INDENT // 2,
            dot=f"level_{error.level}",
            activate=lambda: self.host.request(ShowEvent(error.pk)),
            tooltip=f"{local(error.timestamp)}: show this event",
        )


def _way_to(bars: "tuple[Bar, ...]", place: int | None) -> set[int]:
    """The indexes of the bars above this one, and its own."""
    way = set()
    while place is not None:
        way.add(place)
        place = bars[place].parent
    return way


def _moment_text(micros: int) -> str:
    return local(from_micros(micros))
