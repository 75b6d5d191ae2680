"""The user, and the user agent as text."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.sections.user_agent import UserSection


def test_user_and_browser_as_text(page: ReadPage) -> None:
    lines = page.open(make_detail(), UserSection).lines()
    assert "email  ada@example.com" in lines
    assert "browser  Chrome 120 on Windows 10" in lines
