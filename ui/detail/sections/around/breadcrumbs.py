"""Breadcrumbs: what happened before the error, with the time to it, each on a line that opens.

Thousands of them are a few rows: the nearest to the error, and more when they are asked for.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app import event_parts
from app.event_parts import breadcrumbs
from app.event_parts.breadcrumbs import Kind
from app.event_parts.pieces import Line, Piece
from app.model import Breadcrumb, Level
from app.plain_text import plural
from ui.detail.page.chips import Chip, ChipFlow
from ui.detail.page.heading import Control, Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import INDENT, MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.sections.around.crumb_row import TIME_COLUMN, Crumb, CrumbRow
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text
from ui.detail.values import dialect, remarks
from ui.theme import UNIT
from ui.wording import before, duration, local

SHOWN_AT_FIRST = 20
MORE_AT_ONCE = 200
_DATA_DEPTH = (TIME_COLUMN + 4 * UNIT) // INDENT
_FILTERED_FROM = 6
# Many clients send whole seconds as the event's time.
_SKEW_SECONDS = 1.0
_WORSE = (Level.WARNING, Level.ERROR, Level.FATAL)
_LEVELS = frozenset(str(level) for level in Level)
_ICONS = {
    Kind.HTTP: "web",
    Kind.QUERY: "database",
    Kind.NAVIGATION: "trace",
    Kind.USER: "user",
    Kind.LOG: "list",
    Kind.ERROR: "bug",
    Kind.TRANSACTION: "events",
    Kind.SYSTEM: "cpu",
    Kind.OTHER: "",
}


class BreadcrumbsSection(Section):
    """The trail, in the order of the stack's frames, filtered by kind and level."""

    name = "Breadcrumbs"
    jump = "Breadcrumbs"

    def begin(self) -> None:
        self._opened: set[int] = set()
        self._trees: dict[int, Tree] = {}
        self._shown = SHOWN_AT_FIRST
        self._kind: Kind | None = None
        self._only_worse = False
        self._kinds: tuple[Kind, ...] | None = None
        self._coloured: dict[int, Line] = {}
        self._statements: dict[int, tuple[Line, ...]] = {}
        self._asked: set[tuple[int, bool]] = set()

    def rows(self) -> list[Row]:
        crumbs = self.event.breadcrumbs
        if not crumbs:
            return []
        if self._kinds is None:
            self._kinds = tuple(map(breadcrumbs.kind_of, crumbs))
        matching = self._matching(self._kinds)
        shown = matching[max(0, len(matching) - self._shown) :]
        self._ask_for_colours(shown)
        newest_first = self.host.preferences.chosen.newest_first
        label = "Newest first" if newest_first else "Oldest first"
        control = Control(label, self._flip_order, "Turn the order of breadcrumbs and frames around")
        count = (
            f"{len(crumbs):,}" if len(matching) == len(crumbs) else f"{len(matching):,} of {len(crumbs):,}"
        )
        rows: list[Row] = [Heading(self.name, count, [control] if len(crumbs) > 1 else [])]
        rows += self._filters(self._kinds)
        rows += self._skew()
        return rows + self._trail(matching, shown, newest_first=newest_first)

    def _flip_order(self) -> None:
        self.host.preferences.change(newest_first=not self.host.preferences.chosen.newest_first)

    def _trail(self, matching: list[int], shown: list[int], *, newest_first: bool) -> list[Row]:
        earlier = len(matching) - len(shown)
        widest = max((_category(self.event.breadcrumbs[number]) for number in shown), key=len, default="")
        groups = [self._crumb(number, widest) for number in shown]
        title = self.event.title or "The error"
        crash = Crumb(
            "0 ms", local(self.event.timestamp), str(self.event.level), "", (Piece(title),), title, "bug"
        )
        groups.append([CrumbRow("crash", crash, widest=widest)])
        if earlier:
            text = (
                f"{earlier:,} earlier"
                if earlier <= MORE_AT_ONCE
                else f"{earlier:,} earlier: show {MORE_AT_ONCE}"
            )
            pieces = [(text, Font.SMALL, "accent")]
            hidden = tuple(self.event.breadcrumbs[number] for number in matching[:earlier])
            row = TextLine(
                "earlier",
                pieces,
                activate=self._show_earlier,
                opened=False,
                hidden=lambda: "\n".join(as_text(_as_sent(crumb)) for crumb in hidden),
                hint=True,
            )
            groups.insert(0, [row])
        if newest_first:
            groups.reverse()
        return [row for group in groups for row in group]

    def _matching(self, kinds: tuple[Kind, ...]) -> list[int]:
        numbers = range(len(kinds))
        return [
            number
            for number in numbers
            if (self._kind is None or kinds[number] is self._kind)
            and (not self._only_worse or self.event.breadcrumbs[number].level in _WORSE)
        ]

    def _filters(self, kinds: tuple[Kind, ...]) -> list[Row]:
        """Chips that show one kind alone, or what is worse than information."""
        counts = Counter(kinds)
        worse = sum(crumb.level in _WORSE for crumb in self.event.breadcrumbs)
        if len(kinds) < _FILTERED_FROM or (len(counts) < 2 and not 0 < worse < len(kinds)):
            return []
        kept = [kind for kind in Kind if kind in counts] if len(counts) > 1 else []
        chips = [self._filter_chip(kind, counts[kind]) for kind in kept]
        if 0 < worse < len(kinds):
            tooltip = "Show only warnings and errors"
            chips.append(
                Chip(
                    f"{worse:,}", "warnings and worse", self._flip_worse, tooltip, "warning", self._only_worse
                )
            )
        return [ChipFlow("filters", chips, name="Filters")]

    def _filter_chip(self, kind: Kind, number: int) -> Chip:
        chosen = kind is self._kind
        tooltip = "Show all kinds" if chosen else f"Show only {kind}"
        return Chip(f"{number:,}", str(kind), lambda: self._choose(kind), tooltip, _ICONS[kind], chosen)

    def _choose(self, kind: Kind) -> None:
        self._kind = None if kind is self._kind else kind
        self._filter()

    def _flip_worse(self) -> None:
        self._only_worse = not self._only_worse
        self._filter()

    def _filter(self) -> None:
        self._shown = SHOWN_AT_FIRST
        self.host.rebuild(self)

    def _show_earlier(self) -> None:
        self._shown += MORE_AT_ONCE
        self.host.rebuild(self)

    def _skew(self) -> list[Row]:
        """Says that breadcrumbs are dated after the error, as that cannot be."""
        ahead = [
            seconds
            for crumb in self.event.breadcrumbs
            if crumb.timestamp is not None
            and (seconds := (crumb.timestamp - self.event.timestamp).total_seconds()) > _SKEW_SECONDS
        ]
        if not ahead:
            return []
        verb = "is" if len(ahead) == 1 else "are"
        number, most = plural(len(ahead), "breadcrumb"), duration(max(ahead))
        text = (
            f"{number} {verb} dated after the error, by up to {most}: "
            "two clocks differ, or what sent them went on before it made the report."
        )
        return [Paragraph("skew", text, Font.SMALL, "text_muted")]

    def _crumb(self, number: int, widest: str) -> list[Row]:
        crumb = self.event.breadcrumbs[number]

        def activate() -> None:
            self._opened ^= {number}
            self.host.rebuild(self)

        def copy() -> None:
            self.host.copy(as_text(_as_sent(crumb)), "Breadcrumb")

        opened = number in self._opened
        menu = [MenuEntry("Copy breadcrumb", copy)]
        if crumb.message:
            menu.append(MenuEntry("Copy message", lambda: self.host.copy(crumb.message or "", "Message")))
        row = CrumbRow(
            number,
            self._as_crumb(number, crumb),
            widest=widest,
            opened=opened,
            activate=activate,
            menu=menu,
            hidden=lambda: as_text(crumb.data) if crumb.data else "",
        )
        return [row, *self._inside(number, crumb)] if opened else [row]

    def _inside(self, number: int, crumb: Breadcrumb) -> list[Row]:
        facts = [local(crumb.timestamp) if crumb.timestamp else "", crumb.level, crumb.type, crumb.category]
        said = dict.fromkeys(fact for fact in facts if fact and fact != "default")
        pieces = [("  ·  ".join(said), Font.SMALL, "text_faint")]
        rows: list[Row] = [TextLine(("facts", number), pieces, indent=_DATA_DEPTH * INDENT)] if said else []
        if crumb.data:
            tree = self._trees.get(number)
            if tree is None:
                left_out = remarks.below(self.event, "breadcrumbs", str(number), "data")
                form = dialect.of_event(self.event)
                tree = self._trees[number] = Tree(self, f"crumb {number}", dialect=form, remarks=left_out)
            rows += tree.rows(crumb.data, depth=_DATA_DEPTH)
        return rows

    def _as_crumb(self, number: int, crumb: Breadcrumb) -> Crumb:
        stamp, kind = crumb.timestamp, (self._kinds or ())[number]
        coloured = self._coloured.get(number)
        return Crumb(
            when=before(stamp, self.event.timestamp) if stamp else "",
            at=local(stamp) if stamp else "",
            level=crumb.level if crumb.level in _LEVELS else "info",
            category=_category(crumb),
            line=coloured or breadcrumbs.line(crumb),
            message=crumb.message or "",
            icon=_ICONS[kind],
            is_code=coloured is not None,
            statement=self._statements.get(number, ()),
        )

    def _ask_for_colours(self, shown: list[int]) -> None:
        """Have the queries that are shown coloured, and those that are open set out."""
        wanted = {
            (number, number in self._opened): self.event.breadcrumbs[number].message or ""
            for number in shown
            if self._kinds and self._kinds[number] is Kind.QUERY
        }
        wanted = {key: text for key, text in wanted.items() if key not in self._asked}
        wanted = {key: text for key, text in wanted.items() if breadcrumbs.is_sql_text(text)}
        if wanted:
            self._asked |= wanted.keys()
            self.host.in_background(lambda: _colour(wanted), self._take_colours)

    def _take_colours(self, found: Mapping[tuple[int, bool], tuple[Line, ...]]) -> None:
        for (number, opened), lines in found.items():
            if opened:
                self._statements[number] = lines
            else:
                self._coloured[number] = lines[0]
        self.host.rebuild(self)


def _colour(wanted: Mapping[tuple[int, bool], str]) -> dict[tuple[int, bool], tuple[Line, ...]]:
    sql = event_parts.sql_text
    return {
        (number, opened): sql.set_out_in_lines(text) if opened else (sql.coloured_line(text),)
        for (number, opened), text in wanted.items()
    }


def _category(crumb: Breadcrumb) -> str:
    return (crumb.category or crumb.type or "")[:80]


def _as_sent(crumb: Breadcrumb) -> dict[str, Any]:
    return {
        "timestamp": crumb.timestamp.isoformat() if crumb.timestamp else None,
        "type": crumb.type,
        "category": crumb.category,
        "level": crumb.level,
        "message": crumb.message,
        "data": crumb.data,
    }
