"""The field in which a section's search is typed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.detail.read_page import ReadPage


def test_what_is_typed_is_reported_after_a_pause(page: ReadPage, qtbot: QtBot) -> None:
    page.show()
    typed: list[str] = []
    page.enter_text("Search names", "old", typed.append)
    assert page.entry.isVisible()
    assert page.entry.placeholderText() == "Search names"
    assert page.entry.selectedText() == "old"
    QTest.keyClicks(page.entry, "new")
    qtbot.waitUntil(lambda: typed == ["new"])
    QTest.keyClick(page.entry, Qt.Key.Key_Return)
    assert not page.entry.isVisible()
    assert typed == ["new"]


def test_escape_ends_the_search(page: ReadPage) -> None:
    page.show()
    typed: list[str] = []
    page.enter_text("Search", "old", typed.append)
    QTest.keyClick(page.entry, Qt.Key.Key_Escape)
    assert typed == [""]
    assert not page.entry.isVisible()


def test_another_event_closes_it_without_a_word(page: ReadPage) -> None:
    page.show()
    typed: list[str] = []
    page.enter_text("Search", "", typed.append)
    QTest.keyClicks(page.entry, "x")
    page.show_sections(())
    assert not page.entry.isVisible()
    page.entry.send()
    assert not typed


def test_it_stays_within_a_narrow_page(page: ReadPage) -> None:
    page.show()
    page.enter_text("Search", "", lambda _text: None)
    page.resize(200, 400)
    assert page.rect().contains(page.entry.geometry())
