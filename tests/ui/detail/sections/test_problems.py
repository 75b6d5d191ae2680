"""The parts of a report that could not be read."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.sections.problems import ProblemsSection


def test_each_problem_is_a_line(page: ReadPage) -> None:
    lines = page.open(make_detail(), ProblemsSection).lines()
    assert lines[1:] == ["timestamp 'soon' is not a time"]


def test_without_problems_there_is_no_section(page: ReadPage) -> None:
    assert page.open(make_detail(make_event(problems=())), ProblemsSection).lines() == []
