"""The table of sections."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.sections.contents import SECTIONS, sections_of
from ui.detail.sections.header import HeaderSection
from ui.detail.sections.raw import RawSection


def test_an_empty_event_has_a_head_and_its_facts(page: ReadPage) -> None:
    lines = page.open(make_detail(bare_event())).lines()
    assert "An error without a message" in lines
    assert not {"Stack trace", "Tags", "Request", "Breadcrumbs"} & set(lines)


def test_the_page_begins_with_the_head_and_ends_with_the_raw_report(page: ReadPage) -> None:
    names = [section.name for section in sections_of(make_detail(), page)]
    assert len(names) == len(set(names)) == len(SECTIONS)
    assert (SECTIONS[0], SECTIONS[-1]) == (HeaderSection, RawSection)
