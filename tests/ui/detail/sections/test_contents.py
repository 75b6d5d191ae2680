"""The table of sections."""

import pytest

from app.digest import understanding
from app.plain_text import one_line
from tests.protocols import captures
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.sections.contents import SECTIONS, sections_of
from ui.detail.sections.head.header import HeaderSection
from ui.detail.sections.raw import RawSection


def test_an_empty_event_has_a_head_and_its_facts(page: ReadPage) -> None:
    lines = page.open(make_detail(bare_event())).lines()
    assert "An error without a message" in lines
    assert not {"Stack trace", "Tags", "Request", "Breadcrumbs"} & set(lines)


def test_the_page_begins_with_the_head_and_ends_with_the_raw_report(page: ReadPage) -> None:
    names = [section.name for section in sections_of(make_detail(), page)]
    assert len(names) == len(set(names)) == len(SECTIONS)
    assert (SECTIONS[0], SECTIONS[-1]) == (HeaderSection, RawSection)


@pytest.mark.parametrize("name", captures.cases(captures.names()))
def test_what_every_client_sends_is_on_the_page(page: ReadPage, name: str) -> None:
    capture = captures.load(name)
    for event in understanding.understand(capture.report(), captures.LIMIT).events:
        detail = make_detail(event, raw_body=capture.body(), raw_head=capture.head.decode("latin-1"))
        page.open(detail)
        for number in page.sections_with_rows():
            page.jump_to(number)
        text = page.text()
        for said in (event.environment, event.release, event.server_name):
            assert not said or one_line(said, 40) in text
        assert text.count("\nOverview") <= 1
        tags = [f"{tag}: {value}" for tag, value in event.tags.items()]
        assert all(sum(line == tag for line in page.lines()) <= 1 for tag in tags), "nothing is said twice"
