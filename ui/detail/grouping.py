"""Why this event is in this issue."""

from ui.detail.rows import Heading, Line, Paragraph, Row
from ui.detail.section import Section
from ui.detail.sheet import Font


class GroupingSection(Section):
    """The algorithm, and the parts that counted."""

    name = "Grouping"

    def rows(self) -> list[Row]:
        grouping = self.event.grouping
        if grouping is None and not self.event.fingerprint:
            return []
        rows: list[Row] = [Heading(self.name, grouping.algorithm if grouping else "")]
        for number, reason in enumerate(grouping.why if grouping else ()):
            rows.append(Paragraph(("why", number), reason, Font.BODY, "text_muted", most_lines=4))
        if self.event.fingerprint:
            words = " · ".join(self.event.fingerprint)
            pieces = [("fingerprint", Font.SMALL, "text_muted"), (words, Font.CODE, "text")]
            rows.append(Line("fingerprint", pieces))
        return rows
