"""The sections of a comparison: one for each part of the events, what is equal folded."""

from typing import TYPE_CHECKING

from app.plain_text import plural
from ui.detail.comparison.sides_row import SidesRow
from ui.detail.page.heading import Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import Row, Space
from ui.detail.page.section import PageSection, SectionHost
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.theme import UNIT

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window imports off the UI thread only
    from app.issue_overview.differences import Part
    from app.issue_overview.usual import Comparison, Unusual

_AT_ONCE = 200


class PartSection(PageSection):
    """One part of two events: the values that differ, then the fold of those that are equal."""

    def __init__(self, part: "Part", host: SectionHost) -> None:
        super().__init__(host)
        self.name = part.name
        self._part = part
        self._equal_is_open = False
        self._shown = _AT_ONCE

    def rows(self) -> list[Row]:
        part = self._part
        count = f"{len(part.differing):,} differ" if part.differing else "no difference"
        rows: list[Row] = [Heading(part.name, count)]
        shown = part.differing[: self._shown]
        rows += (self._sides(each.path, each.one, each.other, differs=True) for each in shown)
        if len(part.differing) > self._shown:
            text = plural(len(part.differing) - self._shown, "more")
            rows.append(TextLine("more", [(text, Font.SMALL, "accent")], activate=self._more, opened=False))
        if part.equal:
            pieces = [(f"{len(part.equal):,} equal", Font.SMALL, "text_muted")]
            rows.append(TextLine("equal", pieces, activate=self._toggle_equal, opened=self._equal_is_open))
            if self._equal_is_open:
                equal = part.equal[:_AT_ONCE]
                rows += (self._sides(path, value, value, differs=False) for path, value in equal)
                if len(part.equal) > _AT_ONCE:
                    text = f"{len(part.equal) - _AT_ONCE:,} more equal values, not shown"
                    rows.append(TextLine("more equal", [(text, Font.SMALL, "text_faint")]))
        if part.left_out:
            pieces = [("There are more values than are compared.", Font.SMALL, "text_faint")]
            rows.append(TextLine("cut", pieces))
        return rows

    def _sides(self, path: str, one: str | None, other: str | None, *, differs: bool) -> SidesRow:
        copy = (lambda: self.host.copy(one or "", "Left"), lambda: self.host.copy(other or "", "Right"))
        return SidesRow((differs, path), path, one, other, differs=differs, copy=copy)

    def _more(self) -> None:
        self._shown += _AT_ONCE
        self.host.rebuild(self)

    def _toggle_equal(self) -> None:
        self._equal_is_open = not self._equal_is_open
        self.host.rebuild(self)


class UnusualSection(PageSection):
    """What is unusual about one event, the strangest first: its own value, then the usual one."""

    name = "Unusual"

    def __init__(self, found: "Comparison", host: SectionHost) -> None:
        super().__init__(host)
        self._found = found

    def rows(self) -> list[Row]:
        others = plural(self._found.others, "other event")
        if not self._found.others:
            text = "The issue has too few other events to say what is usual."
            return [Space("top", 2 * UNIT), Paragraph("few", text, colour="text_muted")]
        if not self._found.unusual:
            text = f"Nothing: in all that is compared it is like most of the {others}."
            return [Heading(self.name), Paragraph("nothing", text, colour="text_muted")]
        rows: list[Row] = [Heading(self.name, f"against {others}")]
        rows += (self._row(each) for each in self._found.unusual[:_AT_ONCE])
        return rows

    def _row(self, each: "Unusual") -> SidesRow:
        copy = (
            lambda: self.host.copy(each.value or "", "Value"),
            lambda: self.host.copy(each.usual or "", "Usual value"),
        )
        usual = f"{each.usual or 'nothing'}  ({100 * each.usual_share:.0f} %)"
        own = None if each.value is None else f"{each.value}  ({100 * each.share:.0f} %)"
        name = f"{each.part} · {each.path}"
        return SidesRow((each.part, each.path), name, own, usual, differs=True, copy=copy)
