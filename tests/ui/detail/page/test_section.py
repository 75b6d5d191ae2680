"""What a section remembers of the reader."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.page.heading import Heading
from ui.detail.page.rows import Row
from ui.detail.page.section import Section


class Folding(Section):
    """One line that folds."""

    name = "Folding"

    def rows(self) -> list[Row]:
        opened = self.is_open("all", True)
        return [Heading(self.name, opened=opened, toggle=lambda: self.toggle("all", True))]


def test_a_fold_is_remembered_by_the_page_for_the_next_event(page: ReadPage) -> None:
    page.show_sections([Folding(make_detail(), page)])
    assert page.zone("Folding").opened is True
    page.activate("Folding")
    assert page.zone("Folding").opened is False
    assert page.folds == {"Folding/all": False}
    page.show_sections([Folding(make_detail(), page)])
    assert page.zone("Folding").opened is False
