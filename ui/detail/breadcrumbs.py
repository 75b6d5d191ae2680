"""Breadcrumbs: what happened before, with the time to the crash, ending with the crash itself."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF

from app.model import Breadcrumb, Level
from ui.detail.moments import before, local
from ui.detail.plain_text import as_text, one_line, preview
from ui.detail.rows import INDENT, MARGIN, Action, Heading, Line, MenuEntry, Row, put
from ui.detail.section import Section
from ui.detail.sheet import Font, Mark, Shape, Sheet, Zone
from ui.detail.tree import Tree
from ui.detail.typography import UNIT, Typography

SHOWN_AT_FIRST = 15
MOST_SHOWN = 1_000
_TIME_COLUMN = 8 * UNIT
_LEVELS = frozenset(str(level) for level in Level)


class CrumbRow(Row):
    """One breadcrumb: when, level, category, message; opens to the whole message and its data."""

    __slots__ = ("activate", "category", "level", "message", "opened", "tooltip", "when")

    def __init__(
        self,
        key: object,
        crumb: tuple[str, str, str, str],
        tooltip: str,
        opened: bool | None,
        activate: Action | None,
        menu: Sequence[MenuEntry],
    ) -> None:
        self.when, self.level, self.category, self.message = crumb
        super().__init__(key, f"{self.when} {self.category} {one_line(self.message, 200)}", menu)
        self.tooltip = tooltip
        self.opened = opened
        self.activate = activate

    def height(self, type_: Typography, width: int) -> float:
        if self.opened:
            return self.sheet(type_, width).height
        return type_.leading(Font.BODY) + 4

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = type_.leading(Font.BODY) + 4
        sheet = Sheet(height=height)
        baseline = type_.baseline(Font.BODY, height)
        x = float(MARGIN + _TIME_COLUMN)
        time_width = type_.advance(self.when, Font.SMALL)
        put(sheet, type_, x - time_width, baseline, self.when, Font.SMALL, "text_faint")
        x += UNIT * 1.5
        sheet.marks.append(Mark(QRectF(x, height / 2 - 3, 6, 6), f"level_{self.level}", Shape.DOT))
        x += UNIT * 1.75
        if self.category:
            end = put(
                sheet,
                type_,
                x,
                baseline,
                one_line(self.category, 80),
                Font.SMALL,
                "text_muted",
                room=(width - MARGIN - x) * 0.35,
                whole=self.category,
            )
            x = end + UNIT
        colour = "text" if self.level not in ("debug", "info") else "text_muted"
        if self.opened:
            lines, _ = type_.wrap(self.message[:4000], Font.BODY, width - MARGIN - x, 60)
            for number, line in enumerate(lines):
                put(
                    sheet,
                    type_,
                    x,
                    baseline + number * type_.leading(Font.BODY),
                    line.rstrip("\n"),
                    Font.BODY,
                    "text",
                    before="  " if number == 0 else "\n" if lines[number - 1].endswith("\n") else "",
                )
            sheet.height += (len(lines) - 1) * type_.leading(Font.BODY)
        else:
            put(
                sheet,
                type_,
                x,
                baseline,
                one_line(self.message),
                Font.BODY,
                colour,
                room=width - MARGIN - x,
                whole=self.message,
            )
        cut = sheet.spans[-1].text != self.message
        if self.activate is not None and (self.opened is not None or cut):
            area = QRectF(MARGIN - UNIT, 0, width - 2 * MARGIN + 2 * UNIT, sheet.height)
            sheet.zones.append(Zone(area, self.name, self.activate, bool(self.opened), self.tooltip))
        return sheet


class Breadcrumbs(Section):
    """The trail, oldest first. Only its end shows until the rest is asked for."""

    name = "Breadcrumbs"
    jump = "Breadcrumbs"

    def begin(self) -> None:
        self._opened: set[int] = set()
        self._trees: dict[int, Tree] = {}
        self._all = False

    def rows(self) -> list[Row]:
        crumbs = self.event.breadcrumbs
        if not crumbs:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(crumbs):,}")]
        first = 0 if self._all else max(0, len(crumbs) - SHOWN_AT_FIRST)
        if self._all and len(crumbs) > MOST_SHOWN:
            first = len(crumbs) - MOST_SHOWN
        if first:
            words = f"{first:,} earlier"
            activate = None if self._all else self._show_all
            opened = None if self._all else False
            rows.append(
                Line("earlier", [(words, Font.SMALL, "text_muted")], activate=activate, opened=opened)
            )
        for number in range(first, len(crumbs)):
            rows += self._crumb(number, crumbs[number])
        rows.append(self._crash())
        return rows

    def _show_all(self) -> None:
        self._all = True
        self.desk.rebuild(self)

    def _crumb(self, number: int, crumb: Breadcrumb) -> list[Row]:
        def activate() -> None:
            self._opened ^= {number}
            self.desk.rebuild(self)

        opened = number in self._opened
        when = before(crumb.timestamp, self.event.timestamp) if crumb.timestamp else ""
        level = crumb.level if crumb.level in _LEVELS else "info"
        message, data = told(crumb)
        row = CrumbRow(
            number,
            (when, level, crumb.category or crumb.type or "", message),
            local(crumb.timestamp) if crumb.timestamp else "",
            opened if data or len(message) > 80 else None,
            activate if data or message else None,
            (MenuEntry("Copy breadcrumb", lambda: self.desk.copy(as_text(_as_sent(crumb)), "Breadcrumb")),),
        )
        if not opened or not data:
            return [row]
        tree = self._trees.setdefault(number, Tree(self, f"crumb {number}"))
        return [row, *tree.rows(data, depth=(_TIME_COLUMN + 3 * UNIT) // INDENT)]

    def _crash(self) -> CrumbRow:
        title = self.event.title or "The error"
        return CrumbRow(
            "crash", ("0 ms", str(self.event.level), "", title), local(self.event.timestamp), None, None, ()
        )


def told(crumb: Breadcrumb) -> tuple[str, dict[str, Any]]:
    """What the line says, and the data that it does not say already."""
    data = crumb.data
    if crumb.message:
        return crumb.message, data
    if "url" in data:
        status = data.get("status_code", data.get("statusCode", ""))
        words = [str(data.get("method", "")), str(data["url"]), f"→ {status}" if status != "" else ""]
        return " ".join(word for word in words if word), data
    if "from" in data and "to" in data:
        return f"{data['from']} → {data['to']}", data
    if len(data) == 1:
        return preview(next(iter(data.values()))), data
    return preview(data).removeprefix("{").removesuffix("}"), data


def _as_sent(crumb: Breadcrumb) -> dict[str, Any]:
    stamp = crumb.timestamp.isoformat() if crumb.timestamp else None
    return {
        "timestamp": stamp,
        "type": crumb.type,
        "category": crumb.category,
        "level": crumb.level,
        "message": crumb.message,
        "data": crumb.data,
    }
