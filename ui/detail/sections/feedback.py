"""What users wrote about the event."""

import re
from urllib.parse import quote

from app.plain_text import one_line
from ui.detail.page.heading import Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import OpenLink

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LINES = 12


class FeedbackSection(Section):
    """Who, and in which words. An address opens a new mail, after a question."""

    name = "Feedback"

    def rows(self) -> list[Row]:
        feedback = self.event.feedback
        if not feedback:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(feedback):,}" if len(feedback) > 1 else "")]
        for number, one in enumerate(feedback):
            rows.append(self._writer(number, one.name or "Somebody", one.email or ""))
            rows.append(self._words(number, one.comments))
        return rows

    def _writer(self, number: int, name: str, email: str) -> TextLine:
        pieces = [(name, Font.STRONG, "text")]
        if not email:
            return TextLine(("who", number), pieces)
        copy = MenuEntry("Copy address", lambda: self.host.copy(email, "Address"))
        if not _EMAIL.fullmatch(email):
            pieces.append((email, Font.SMALL, "text_muted"))
            return TextLine(("who", number), pieces, menu=(copy,))
        pieces.append((email, Font.SMALL, "accent"))

        def write() -> None:
            self.host.request(OpenLink(f"mailto:{quote(email, safe='@+')}"))

        tooltip = f"Write to {one_line(email, 200)}"
        return TextLine(("who", number), pieces, activate=write, tooltip=tooltip, menu=(copy,))

    def _words(self, number: int, text: str) -> Paragraph:
        menu = (MenuEntry("Copy feedback", lambda: self.host.copy(text, "Feedback")),)
        if self.is_open(f"words {number}"):
            return Paragraph(("words", number), text, menu=menu)
        return Paragraph(
            ("words", number),
            text,
            menu=menu,
            most_lines=_LINES,
            more=lambda: self.toggle(f"words {number}"),
        )
