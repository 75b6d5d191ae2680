"""What came with the event: feedback that a user wrote, and files."""

from app.model import AttachmentInfo, Feedback
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.sections.attachments import AttachmentsSection, FeedbackSection


def test_feedback_and_attachments(page: ReadPage) -> None:
    event = make_event(
        feedback=(Feedback(name="Ada", email="ada@example.com", comments="It broke.\nTwice."),),
        attachments=(AttachmentInfo(filename="log.txt", content_type="text/plain", size=1_500),),
    )
    detail = make_detail(event)
    assert page.open(detail, FeedbackSection).lines()[1:] == ["Ada  ada@example.com", "It broke.", "Twice."]
    assert page.open(detail, AttachmentsSection).lines()[1:] == ["log.txt  text/plain · 1.5 kB"]
