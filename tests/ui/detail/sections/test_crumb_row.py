"""One breadcrumb on a line."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.typography import Typography
from ui.detail.sections.crumb_row import Crumb, CrumbRow


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def row(message: str, **given: Any) -> CrumbRow:
    crumb = Crumb(when="-2 s", at="12:00:00", level="error", category="query", message=message)
    return CrumbRow(1, crumb, widest="navigation", activate=lambda: None, **given)


def test_a_short_one_without_data_does_not_open(type_: Typography) -> None:
    sheet = row("SELECT 1").sheet(type_, 600)
    assert sheet.zones == []
    assert sheet.text() == "-2 s  query  SELECT 1"


def test_one_with_data_opens(type_: Typography) -> None:
    (zone,) = row("SELECT 1", has_data=True).sheet(type_, 600).zones
    assert (zone.opened, zone.tooltip) == (False, "12:00:00")


def test_a_long_one_is_cut_and_opens_to_all_of_it(type_: Typography) -> None:
    message = "word " * 100
    closed, opened = row(message), row(message, opened=True)
    assert closed.sheet(type_, 600).zones[0].opened is False
    assert opened.height(type_, 600) > closed.height(type_, 600)
    assert opened.sheet(type_, 600).text().count("word") == 100
