"""Contexts, extra data, and the facts of the event."""

from PySide6.QtGui import QGuiApplication

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.requests import ShowRun
from ui.detail.sections.context import ContextsSection, ExtraSection, FactsSection


def test_contexts_are_one_line_each_until_opened(page: ReadPage) -> None:
    page.open(make_detail(), ContextsSection)
    assert "Runtime  CPython 3.11.7" in page.lines()
    page.activate("Runtime")
    assert "version  3.11.7" in page.lines()


def test_a_context_is_copied_as_it_was_sent(page: ReadPage) -> None:
    event = make_event(contexts={"device": {"memory_size": 17_000_000_000}, "own": [1, 2]})
    page.open(make_detail(event), ContextsSection).activate("Device")
    assert "memory_size  17.0 GB (17,000,000,000)" in page.lines()
    page.menu("Device")["Copy device"]()
    assert '"memory_size": 17000000000' in page.clipboard_text()


def test_extra_opens_and_copies(page: ReadPage) -> None:
    page.open(make_detail(), ExtraSection).activate("basket")
    assert "items  3" in page.lines()
    page.activate("Copy")
    assert '"items": 3' in QGuiApplication.clipboard().text()


def test_facts_have_the_id_and_the_protocol(page: ReadPage) -> None:
    lines = page.open(make_detail(), FactsSection).lines()
    assert f"id  {'9f' * 16}" in lines
    assert "as  sentry.envelope" in lines


def test_a_run_leads_to_what_else_came_in_it(page: ReadPage) -> None:
    event = make_event(contexts={"run": {"number": 7, "command": "make", "cwd": "/src", "exit_code": 2}})
    page.open(make_detail(event), ContextsSection)
    assert "Run  make, exited with 2" in page.lines()
    page.activate("Run 7")
    assert page.requests == [ShowRun(7)]
