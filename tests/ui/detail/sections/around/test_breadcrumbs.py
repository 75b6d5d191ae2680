"""Breadcrumbs: in order, with the time to the crash, filtered, the earlier ones on demand."""

from datetime import timedelta
from typing import Any

from app.model import Breadcrumb
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import CRASHED_AT, crumb, make_detail, make_event
from ui.detail.sections.around.breadcrumbs import MORE_AT_ONCE, SHOWN_AT_FIRST, BreadcrumbsSection

MINUS = "\N{MINUS SIGN}"


def opened(page: ReadPage, *crumbs: Breadcrumb) -> list[str]:
    page.open(make_detail(make_event(breadcrumbs=crumbs)), BreadcrumbsSection)
    return [line.strip() for line in page.lines()]


def at(seconds: float, **fields: Any) -> Breadcrumb:
    return Breadcrumb(timestamp=CRASHED_AT + timedelta(seconds=seconds), **fields)


def test_the_trail_follows_the_order_of_the_stack(page: ReadPage) -> None:
    page.open(make_detail(), BreadcrumbsSection)
    assert page.lines()[1:3] == [
        "0 ms  PaymentError: PaymentError happened",
        f"{MINUS}500 ms  query  SELECT 19",
    ]
    page.activate("Newest first")
    assert page.lines()[1] == f"{MINUS}10 s  query  SELECT 0"
    assert page.lines()[-1] == "0 ms  PaymentError: PaymentError happened"


def test_thousands_are_a_few_rows(page: ReadPage) -> None:
    lines = opened(page, *(at(number - 5_000, message=str(number)) for number in range(5_000)))
    assert len(lines) == SHOWN_AT_FIRST + 3
    assert lines[-1] == f"4,980 earlier: show {MORE_AT_ONCE}"
    page.activate("4,980 earlier")
    assert len(page.lines()) == SHOWN_AT_FIRST + MORE_AT_ONCE + 3


def test_a_breadcrumb_opens_to_its_time_and_data(page: ReadPage) -> None:
    page.open(make_detail(), BreadcrumbsSection)
    page.activate(f"{MINUS}500 ms query SELECT 19")
    assert "rows  19" in page.lines()
    assert any(line.endswith("·  info  ·  query") for line in page.lines())


def test_breadcrumbs_without_a_message_show_their_data(page: ReadPage) -> None:
    lines = opened(
        page,
        Breadcrumb(type="http", data={"method": "GET", "url": "http://a/b", "status_code": 500}),
        Breadcrumb(category="navigation", data={"from": "/a", "to": "/b"}),
        Breadcrumb(data={"a": 1, "b": 2}),
        Breadcrumb(),
    )
    assert lines[-3:] == ["a: 1, b: 2", "navigation  /a → /b", "http  GET 500 a/b"]


def test_a_query_is_coloured_and_set_out_when_it_is_opened(page: ReadPage) -> None:
    page.open(make_detail(make_event(breadcrumbs=(at(-1, category="query", message="SELECT a FROM b"),))))
    colours = {
        span.text.strip(): span.colour
        for index in range(len(page.stacking.rows))
        for span in page.stacking.sheet(index).spans
    }
    assert (colours["SELECT"], colours["a"]) == ("syntax_keyword", "text_muted")
    page.activate(f"{MINUS}1.0 s query SELECT")
    assert page.text().count("SELECT a\nFROM b") == 1


def test_a_query_is_copied_as_it_was_sent(page: ReadPage) -> None:
    opened(page, at(-1, category="query", message="SELECT  a\n FROM b"))
    page.menu("SELECT")["Copy message"]()
    assert page.clipboard_text() == "SELECT  a\n FROM b"
    page.menu("SELECT")["Copy breadcrumb"]()
    assert '"category": "query"' in page.clipboard_text()


def test_one_kind_alone_is_shown_and_all_again(page: ReadPage) -> None:
    opened(
        page,
        *(at(-9 + n, category="query", message=f"SELECT {n}") for n in range(5)),
        at(-2, category="console", level="warning", message="careful"),
    )
    page.activate("1: log")
    assert "Breadcrumbs  1 of 6" in page.lines()[0]
    assert not any("SELECT" in line for line in page.lines())
    page.activate("1: log")
    page.activate("1: warnings and worse")
    assert [line for line in page.lines() if "careful" in line]
    assert not any("SELECT" in line for line in page.lines())


def test_few_breadcrumbs_have_no_filters(page: ReadPage) -> None:
    assert not any("warnings" in line for line in opened(page, crumb(1), at(-1, level="error", message="x")))


def test_a_breadcrumb_after_the_error_is_said(page: ReadPage) -> None:
    lines = opened(page, at(-1, message="before"), at(7_200, message="after"))
    assert any(line.startswith("1 breadcrumb is dated after the error, by up to 2 h") for line in lines)
    assert not any("dated after" in line for line in opened(page, at(0.9, message="whole seconds")))
