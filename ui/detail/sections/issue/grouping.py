"""Why this event is in this issue: what counted, and what did not."""

from collections.abc import Iterator, Sequence
from functools import partial

from app.model import NOT_COUNTED
from ui.detail.page.heading import Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import INDENT, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import CorrectGrouping

_MOST_LINES = 4


class GroupingSection(Section):
    """The algorithm, the parts that counted, and those that made no difference."""

    name = "Grouping"

    def rows(self) -> list[Row]:
        grouping = self.event.grouping
        if grouping is None and not self.event.fingerprint:
            return []
        why = grouping.why if grouping else ()
        counted = [reason for reason in why if not reason.startswith(NOT_COUNTED)]
        not_counted = [reason.removeprefix(NOT_COUNTED) for reason in why if reason.startswith(NOT_COUNTED)]
        rows: list[Row] = [Heading(self.name, grouping.algorithm if grouping else "")]
        rows += _part("Counted", counted, "text")
        rows += _part("Not counted", not_counted, "text_muted")
        if self.event.fingerprint:
            text = " · ".join(self.event.fingerprint)
            pieces = [("fingerprint", Font.SMALL, "text_muted"), (text, Font.CODE, "text")]
            rows.append(TextLine("fingerprint", pieces))
        pieces = [("Split or correct …", Font.SMALL, "accent")]
        ask = partial(self.host.request, CorrectGrouping())
        rows.append(TextLine("correct", pieces, activate=ask, hint=True))
        return rows


def _part(title: str, reasons: Sequence[str], colour: str) -> Iterator[Row]:
    if reasons:
        yield TextLine(title, [(title, Font.SMALL, "text_muted")])
    for number, reason in enumerate(reasons):
        text = reason[:1].upper() + reason[1:]
        yield Paragraph((title, number), text, Font.BODY, colour, indent=INDENT, most_lines=_MOST_LINES)
