"""The user, and the user agent as text."""

from pytestqt.qtbot import QtBot

from tests.digest.test_user_agent import FIREFOX
from tests.ui.detail.arrivals import Arrivals
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.pane import DetailPane
from ui.detail.sections.user_agent import UserSection

PATIENCE_MS = 20_000


def test_user_and_browser_as_text(page: ReadPage) -> None:
    lines = page.open(make_detail(), UserSection).lines()
    assert "email  ada@example.com" in lines
    assert "browser  Chrome 120 on Windows 10" in lines


def test_a_header_is_understood_beside_the_page(pane: DetailPane, arrivals: Arrivals, qtbot: QtBot) -> None:
    arrivals.send(request={"headers": {"User-Agent": FIREFOX}})
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    assert "browser  …" in pane.page.text()
    qtbot.waitUntil(lambda: "browser  Firefox 140 on Linux" in pane.page.text(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(pane.shown):
        pane.show_event(1)
    assert "browser  Firefox 140 on Linux" in pane.page.text(), "it is not asked for again"
