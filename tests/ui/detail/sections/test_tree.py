"""Nested values in two columns."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.sections.context import ExtraSection
from ui.detail.sections.tree import MOST_SHOWN


def test_a_nested_value_opens_in_place(page: ReadPage) -> None:
    page.open(make_detail(bare_event(extra={"a": {"b": [1, {"c": None}]}})), ExtraSection)
    for name in ("a", "b", "1"):
        page.activate(name)
    assert page.lines()[-2:] == ["1  object · 1", "c  null"]


def test_a_long_value_is_cut_and_opens_to_all_of_it(page: ReadPage) -> None:
    long = " ".join(f"word{number}" for number in range(300))
    page.open(make_detail(bare_event(extra={"long": long})), ExtraSection)
    before = page.stacking.height
    page.activate("long")
    assert page.stacking.height > before
    assert page.zone("long").opened is True


def test_of_very_many_values_the_first_are_shown_and_the_rest_on_demand(page: ReadPage) -> None:
    page.open(make_detail(bare_event(extra={f"k{n}": n for n in range(MOST_SHOWN + 7)})), ExtraSection)
    assert page.lines()[-1] == "7 more"
    page.activate("7 more")
    assert page.lines()[-1] == f"k{MOST_SHOWN + 6}  {MOST_SHOWN + 6}"


def test_value_and_name_are_copied(page: ReadPage) -> None:
    page.open(make_detail(bare_event(extra={"basket": {"items": 3}})), ExtraSection)
    menu = page.menu("basket")
    menu["Copy name"]()
    assert page.clipboard_text() == "basket"
    menu["Copy value"]()
    assert '"items": 3' in page.clipboard_text()
