"""The sections of a comparison: what differs is seen at once, what is equal on demand."""

from app.issue_overview.differences import Difference, Part
from app.issue_overview.usual import Comparison, Unusual
from tests.ui.detail.read_page import ReadPage
from ui.detail.comparison.sections import PartSection, UnusualSection


def test_equal_values_are_folded(page: ReadPage) -> None:
    part = Part(
        name="Tags",
        differing=(Difference(path="region", one="eu", other="us"),),
        equal=(("customer", "gold"),),
    )
    page.show_sections([PartSection(part, page)])
    assert page.lines() == ["Tags  1 differ", "region  eu  us", "1 equal"]
    page.activate("1 equal")
    assert page.lines()[-1] == "customer  gold  gold"


def test_very_many_differences_come_by_and_by(page: ReadPage) -> None:
    differing = tuple(Difference(path=f"n{number}", one="1", other="2") for number in range(450))
    page.show_sections([PartSection(Part(name="Extra", differing=differing, equal=(), left_out=True), page)])
    assert sum(line.startswith("n") for line in page.lines()) == 200
    page.activate("250 more")
    assert sum(line.startswith("n") for line in page.lines()) == 400
    assert page.lines()[-1] == "There are more values than are compared."


def test_the_unusual_is_said_with_its_share(page: ReadPage) -> None:
    found = Unusual(part="Tags", path="region", value="us", share=0.1, usual="eu", usual_share=0.9)
    page.show_sections([UnusualSection(Comparison(others=10, unusual=(found,)), page)])
    assert page.lines() == ["Unusual  against 10 other events", "Tags · region  us  (10 %)  eu  (90 %)"]


def test_without_others_or_without_anything_unusual_it_says_so(page: ReadPage) -> None:
    page.show_sections([UnusualSection(Comparison(others=0, unusual=()), page)])
    assert "too few" in page.text()
    page.show_sections([UnusualSection(Comparison(others=4, unusual=()), page)])
    assert "like most of the 4 other events" in page.text()
