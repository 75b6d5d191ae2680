"""Breadcrumbs: what happened before, with the time to the crash, ending with the crash itself."""

from typing import Any

from app.model import Breadcrumb, Level
from ui.detail.page.rows import INDENT, Heading, MenuEntry, Row, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.sections.crumb_row import TIME_COLUMN, Crumb, CrumbRow
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text, preview
from ui.detail.values import dialect, remarks
from ui.theme import UNIT
from ui.wording import before, local

SHOWN_AT_FIRST = 15
MORE_AT_ONCE = 150
_DATA_DEPTH = (TIME_COLUMN + 3 * UNIT) // INDENT
_LEVELS = frozenset(str(level) for level in Level)


class BreadcrumbsSection(Section):
    """The trail, oldest first. Only its end shows until the rest is asked for."""

    name = "Breadcrumbs"
    jump = "Breadcrumbs"

    def begin(self) -> None:
        self._opened: set[int] = set()
        self._trees: dict[int, Tree] = {}
        self._shown = SHOWN_AT_FIRST

    def rows(self) -> list[Row]:
        crumbs = self.event.breadcrumbs
        if not crumbs:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(crumbs):,}")]
        first = max(0, len(crumbs) - self._shown)
        if first:
            pieces = [(f"{first:,} earlier", Font.SMALL, "text_muted")]
            rows.append(
                TextLine(
                    "earlier",
                    pieces,
                    activate=self._show_earlier,
                    opened=False,
                    hidden=lambda: "\n".join(as_text(_as_sent(crumb)) for crumb in crumbs[:first]),
                    hint=True,
                )
            )
        widest = max((_category(crumb) for crumb in crumbs[first:]), key=len)
        for number in range(first, len(crumbs)):
            rows += self._crumb(number, crumbs[number], widest)
        event = self.event
        title = event.title or "The error"
        crash = Crumb("0 ms", local(event.timestamp), str(event.level), "", title)
        rows.append(CrumbRow("crash", crash, widest=widest))
        return rows

    def _show_earlier(self) -> None:
        self._shown += MORE_AT_ONCE
        self.host.rebuild(self)

    def _crumb(self, number: int, crumb: Breadcrumb, widest: str) -> list[Row]:
        def activate() -> None:
            self._opened ^= {number}
            self.host.rebuild(self)

        def copy() -> None:
            self.host.copy(as_text(_as_sent(crumb)), "Breadcrumb")

        opened = number in self._opened
        row = CrumbRow(
            number,
            self._as_crumb(crumb),
            widest=widest,
            opened=opened,
            has_data=bool(crumb.data),
            activate=activate,
            menu=(
                MenuEntry("Copy breadcrumb", lambda: self.host.copy(as_text(_as_sent(crumb)), "Breadcrumb")),
            ),
        )
        if not opened or not crumb.data:
            return [row]
        tree = self._trees.get(number)
        if tree is None:
            left_out = remarks.below(self.event, "breadcrumbs", str(number), "data")
            form = dialect.of_event(self.event)
            tree = self._trees[number] = Tree(self, f"crumb {number}", dialect=form, remarks=left_out)
        return [row, *tree.rows(crumb.data, depth=_DATA_DEPTH)]

    def _as_crumb(self, crumb: Breadcrumb) -> Crumb:
        stamp = crumb.timestamp
        return Crumb(
            when=before(stamp, self.event.timestamp) if stamp else "",
            at=local(stamp) if stamp else "",
            level=crumb.level if crumb.level in _LEVELS else "info",
            category=_category(crumb),
            message=summary(crumb),
        )


def _category(crumb: Breadcrumb) -> str:
    return (crumb.category or crumb.type or "")[:80]


def summary(crumb: Breadcrumb) -> str:
    """The line's text: the message, or a summary of the data."""
    data = crumb.data
    if crumb.message:
        return crumb.message
    if "url" in data:
        status = data.get("status_code", data.get("statusCode", ""))
        parts = [str(data.get("method", "")), str(data["url"]), f"→ {status}" if status != "" else ""]
        return " ".join(word for word in parts if word)
    if "from" in data and "to" in data:
        return f"{data['from']} → {data['to']}"
    if len(data) == 1:
        return preview(next(iter(data.values())))
    return preview(data).removeprefix("{").removesuffix("}")


def _as_sent(crumb: Breadcrumb) -> dict[str, Any]:
    return {
        "timestamp": crumb.timestamp.isoformat() if crumb.timestamp else None,
        "type": crumb.type,
        "category": crumb.category,
        "level": crumb.level,
        "message": crumb.message,
        "data": crumb.data,
    }
