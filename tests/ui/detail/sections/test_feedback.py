"""Feedback: who wrote, in which words, and how to answer."""

from app.model import Feedback
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.requests import OpenLink, Request
from ui.detail.sections.feedback import FeedbackSection


def test_feedback_is_shown_and_answered_after_a_question(page: ReadPage) -> None:
    said = Feedback(name="Ada", email="ada+shop@example.com", comments="It broke.\nTwice.")
    page.open(make_detail(make_event(feedback=(said,))), FeedbackSection)
    assert page.lines() == ["Feedback", "Ada  ada+shop@example.com", "It broke.", "Twice."]
    asked: list[Request] = []
    page.requested.connect(asked.append)
    page.activate("Ada")
    assert asked == [OpenLink("mailto:ada+shop@example.com")]


def test_what_is_no_address_opens_nothing(page: ReadPage) -> None:
    for email in ("x", "a@b.c?bcc=all@x.y", "javascript:alert(1)@x.de", "<b>@x.de"):
        page.open(make_detail(make_event(feedback=(Feedback(email=email),))), FeedbackSection)
        assert page.zones() == []


def test_long_feedback_folds(page: ReadPage) -> None:
    said = Feedback(comments="\n".join(map(str, range(100))))
    page.open(make_detail(make_event(feedback=(said,))), FeedbackSection).activate("Show more")
    assert "99" in page.lines()
