"""What came with the event: feedback that a user wrote, and files."""

from ui.detail.page.rows import Heading, Paragraph, Row, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.value_text import size_text


class FeedbackSection(Section):
    """Feedback that a user wrote."""

    name = "Feedback"

    def rows(self) -> list[Row]:
        feedback = self.event.feedback
        if not feedback:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(feedback):,}" if len(feedback) > 1 else "")]
        for number, one in enumerate(feedback):
            pieces = [(one.name or "Somebody", Font.STRONG, "text")]
            if one.email:
                pieces.append((one.email, Font.SMALL, "text_muted"))
            rows.append(TextLine(("who", number), pieces))
            rows.append(Paragraph(("words", number), one.comments))
        return rows


class AttachmentsSection(Section):
    """Files: names, kinds, sizes."""

    name = "Attachments"

    def rows(self) -> list[Row]:
        files = self.event.attachments
        if not files:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(files):,}")]
        for number, file in enumerate(files):
            text = " · ".join(part for part in (file.content_type, size_text(file.size)) if part)
            rows.append(
                TextLine(number, [(file.filename, Font.BODY, "text"), (text, Font.SMALL, "text_muted")])
            )
        return rows
