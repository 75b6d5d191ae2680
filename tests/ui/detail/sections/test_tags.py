"""Tags: shown in a flow, copied one by one."""

from PySide6.QtGui import QGuiApplication

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.sections.tags import TagsSection


def test_tags_flow_and_copy(page: ReadPage) -> None:
    page.open(make_detail(), TagsSection)
    assert page.lines() == ["Tags  2", "customer: gold", "level: error"]
    page.activate("customer")
    assert QGuiApplication.clipboard().text() == "gold"
