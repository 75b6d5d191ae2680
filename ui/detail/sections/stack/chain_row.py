"""One exception in the overview of several: the lines of the tree, its type and message, and what it is."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from app.model import ExceptionInfo
from app.plain_text import compact_line, one_line
from ui.detail.page.rows import INDENT, MARGIN, Action, Row, put
from ui.detail.page.sheet import Fill, Font, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.detail.sections.stack.exception_chain import Link
from ui.theme import UNIT

DEEPEST = 8
"""Exceptions deeper in the tree than this stand no further to the right, and say how deep they are."""


class ChainRow(Row):
    """A click, or Enter, leads to the exception."""

    __slots__ = ("activate", "exception", "link")

    def __init__(self, link: Link, exception: ExceptionInfo, activate: Action) -> None:
        kind = one_line(exception.type or "Exception", 120)
        super().__init__(("overview", link.index), f"Go to {kind}")
        self.link = link
        self.exception = exception
        self.activate = activate

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.BODY) + 2

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        baseline = type_.baseline(Font.BODY, height)
        right = float(width - MARGIN)
        depth = min(self.link.depth, DEEPEST)
        x = float(MARGIN + depth * INDENT)
        put_rails(sheet, self.link.rails[-DEEPEST:], height)
        relation = one_line(self.link.relation, 80)
        if self.link.depth > DEEPEST:
            relation = f"{relation} · level {self.link.depth}"
        end = right - type_.advance(relation, Font.SMALL) - 2 * UNIT
        kind = one_line(self.exception.type or "Exception", 120)
        x = put(sheet, type_, x, baseline, kind, Font.STRONG, "text", room=end - x, whole=self.exception.type)
        value = self.exception.value
        if value and end - x > 6 * UNIT:
            line = compact_line(value)
            put(
                sheet,
                type_,
                x + UNIT,
                baseline,
                line,
                Font.BODY,
                "text_muted",
                room=end - x - UNIT,
            )
        if relation:
            put(sheet, type_, end + 2 * UNIT, baseline, relation, Font.SMALL, "text_faint")
        area = QRectF(MARGIN - UNIT, 0, right - MARGIN + 2 * UNIT, height)
        sheet.zones.append(Zone(area, self.name, self.activate))
        return sheet


def put_rails(sheet: Sheet, rails: Sequence[bool], height: float) -> None:
    """The lines that lead to a row of a tree; a level's line ends at its last row."""
    for level, goes_on in enumerate(rails):
        x = MARGIN + level * INDENT + UNIT / 2
        is_own = level == len(rails) - 1
        if goes_on or is_own:
            sheet.fills.append(Fill(QRectF(x, 0, 1, height if goes_on else height / 2), "text_faint", 0))
        if is_own:
            sheet.fills.append(Fill(QRectF(x, height / 2, INDENT - UNIT, 1), "text_faint", 0))
