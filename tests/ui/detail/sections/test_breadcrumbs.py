"""Breadcrumbs: in order, with the time to the crash, the earlier ones on demand."""

from datetime import timedelta

from app.model import Breadcrumb
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import CRASHED_AT, make_detail, make_event
from ui.detail.sections.breadcrumbs import BreadcrumbsSection


def test_breadcrumbs_end_with_the_crash_and_show_earlier_ones_on_demand(page: ReadPage) -> None:
    page.open(make_detail(), BreadcrumbsSection)
    assert page.lines()[1] == "5 earlier"
    assert page.lines()[-2:] == [
        "\N{MINUS SIGN}500 ms  query  SELECT 19",
        "0 ms  PaymentError: PaymentError happened",
    ]
    page.activate("5 earlier")
    assert page.lines()[1] == "\N{MINUS SIGN}10 s  query  SELECT 0"


def test_a_breadcrumb_opens_to_its_data(page: ReadPage) -> None:
    page.open(make_detail(), BreadcrumbsSection)
    page.activate("\N{MINUS SIGN}500 ms query SELECT 19")
    assert "rows  19" in page.lines()


def test_breadcrumbs_without_a_message_show_their_data(page: ReadPage) -> None:
    crumbs = (
        Breadcrumb(type="http", data={"method": "GET", "url": "http://a/b", "status_code": 500}),
        Breadcrumb(
            category="navigation",
            data={"from": "/a", "to": "/b"},
            timestamp=CRASHED_AT + timedelta(seconds=3),
        ),
        Breadcrumb(data={"a": 1, "b": 2}),
        Breadcrumb(),
    )
    lines = page.open(make_detail(make_event(breadcrumbs=crumbs)), BreadcrumbsSection).lines()
    assert [line.strip() for line in lines[1:4]] == [
        "http  GET http://a/b → 500",
        "+3.0 s  navigation  /a → /b",
        "a: 1, b: 2",
    ]
