"""The parts of a report that could not be parsed and are stored as they came, and what was left out."""

from ui.detail.page.heading import Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import Row
from ui.detail.page.section import Section


class ProblemsSection(Section):
    """One line for each problem."""

    name = "Not understood or left out"

    def rows(self) -> list[Row]:
        problems = self.event.problems
        if not problems:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(problems):,}")]
        for number, problem in enumerate(problems[:200]):
            rows.append(Paragraph(number, problem, colour="text_muted", most_lines=6))
        return rows
