"""Contexts, extra data, modules, and the facts of the event."""

from PySide6.QtGui import QGuiApplication

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.sections.context import ContextsSection, ExtraSection, FactsSection, ModulesSection


def test_contexts_are_one_line_each_until_opened(page: ReadPage) -> None:
    page.open(make_detail(), ContextsSection)
    assert "runtime  CPython 3.11.7" in page.lines()
    page.activate("runtime")
    assert 'version  "3.11.7"' in page.lines()


def test_extra_opens_and_copies(page: ReadPage) -> None:
    page.open(make_detail(), ExtraSection).activate("basket")
    assert "items  3" in page.lines()
    page.activate("Copy")
    assert '"items": 3' in QGuiApplication.clipboard().text()


def test_modules_are_folded(page: ReadPage) -> None:
    page.open(make_detail(), ModulesSection)
    assert page.lines() == ["Modules  1"]
    page.activate("Modules")
    assert "flask  3.1.0" in page.lines()


def test_facts_have_the_id_and_the_protocol(page: ReadPage) -> None:
    lines = page.open(make_detail(), FactsSection).lines()
    assert f"id  {'9f' * 16}" in lines
    assert "as  sentry.envelope" in lines
