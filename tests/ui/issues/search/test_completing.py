"""Keys, values and recent searches while a person types."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import Store, make_event
from ui.issues.filter_bar import FilterBar
from ui.issues.search.completing import Completing
from ui.issues.search.language_help import LanguageHelp
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess

Key = Qt.Key


class Search:
    """A search field with all that serves it."""

    def __init__(self, access: StoreAccess, chosen: PreferencesAccess, window: QWidget) -> None:
        self.bar = FilterBar()
        self.preferences = chosen
        layout = QVBoxLayout(window)
        layout.addWidget(self.bar)
        layout.addStretch(1)
        self.field = self.bar.search
        self.completing = Completing(self.field, access, chosen)
        self.list = self.completing.list

    def shown(self) -> list[str]:
        return [item.text for item in self.list.lines.items] if self.list.isVisible() else []

    def type(self, text: str) -> None:
        QTest.keyClicks(self.field, text)

    def press(self, *keys: Key) -> None:
        for key in keys:
            QTest.keyClick(self.field, key)


@pytest.fixture
def search(access: StoreAccess, store: Store, chosen: PreferencesAccess, qtbot: QtBot) -> Iterator[Search]:
    store.file(make_event(tags={"environment": "dev", "customer": "Ada & Söhne"}))
    store.file(make_event(function="other", tags={"environment": "dev"}))
    store.file(make_event(function="third", tags={"environment": "demo"}))
    window = QWidget()
    window.resize(500, 500)
    qtbot.addWidget(window)
    made = Search(access, chosen, window)
    window.show()
    window.activateWindow()
    made.field.setFocus()
    yield made
    window.close()


def test_a_key_and_its_values_are_completed(search: Search, qtbot: QtBot) -> None:
    search.type("en")
    assert search.shown() == ["env:"]
    search.press(Key.Key_Tab)
    assert search.field.text() == "env:"
    qtbot.waitUntil(lambda: search.shown() == ["dev", "demo"])
    assert [item.count for item in search.list.lines.items] == ["2", "1"]
    search.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert search.field.text() == "env:demo "
    assert search.shown() == []


def test_a_value_is_quoted_and_the_names_of_tags_are_known(search: Search, qtbot: QtBot) -> None:
    search.type("tag.cu")
    qtbot.waitUntil(lambda: search.shown() == ["tag.customer:"])
    search.press(Key.Key_Tab)
    qtbot.waitUntil(lambda: search.shown() == ["Ada & Söhne"])
    search.press(Key.Key_Tab)
    assert search.field.text() == 'tag.customer:"Ada & Söhne" '


def test_types_and_projects_are_known(search: Search, qtbot: QtBot) -> None:
    search.type("type:k")
    qtbot.waitUntil(lambda: search.shown() == ["KeyError"])
    search.press(Key.Key_Tab)
    search.type("project:")
    qtbot.waitUntil(lambda: search.shown() == ["shop"])
    assert search.field.text() == "type:KeyError project:"


def test_enter_searches_for_what_is_typed_unless_a_line_was_chosen(search: Search, qtbot: QtBot) -> None:
    search.type("lev")
    assert search.shown() == ["level:"]
    with qtbot.waitSignals([search.bar.searched, search.bar.list_requested]):
        search.press(Key.Key_Return)
    assert search.field.text() == "lev"
    assert search.shown() == []


def test_escape_closes_the_list_first_and_then_the_search(search: Search, qtbot: QtBot) -> None:
    search.type("lev")
    with qtbot.assertNotEmitted(search.bar.list_requested):
        search.press(Key.Key_Escape)
    assert (search.field.text(), search.shown()) == ("lev", [])
    with qtbot.waitSignal(search.bar.list_requested):
        search.press(Key.Key_Escape)
    assert search.field.text() == ""


def test_searches_are_remembered_and_offered_in_the_empty_field(search: Search, qtbot: QtBot) -> None:
    for text in ("boom", "level:error "):
        search.field.clear()
        search.type(text)
        search.press(Key.Key_Return)
    assert search.preferences.chosen.recent_searches == ("level:error", "boom")
    search.field.clear()
    search.press(Key.Key_Down)
    assert search.shown() == ["level:error", "boom"]
    assert search.field.accessibleDescription() == "level:error"
    with qtbot.waitSignal(search.bar.searched) as searched:
        search.press(Key.Key_Down, Key.Key_Return)
    assert searched.args == ["boom"]


def test_a_recent_search_is_removed(search: Search) -> None:
    search.preferences.change(recent_searches=("a", "b"))
    search.press(Key.Key_Down, Key.Key_Delete)
    assert search.shown() == ["b"]
    assert search.preferences.chosen.recent_searches == ("b",)


def test_every_key_is_shown_when_asked_for(search: Search) -> None:
    QTest.keyClick(search.field, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert {"is:", "level:", "tag."} <= set(search.shown())
    assert search.field.text() == ""


def test_its_buttons_have_names(search: Search) -> None:
    names = {action.text() for action in search.field.actions()}
    assert {"What can be searched for", "Recent searches", "Clear the search"} <= names


def test_the_list_goes_with_the_focus(search: Search) -> None:
    search.type("lev")
    search.field.clearFocus()
    assert search.shown() == []
    assert search.preferences.chosen.recent_searches == ("lev",)


def test_the_language_is_explained(search: Search, qtbot: QtBot) -> None:
    search.press(Key.Key_F1)
    (shown,) = search.field.window().findChildren(LanguageHelp)
    assert shown.isVisible()
    shown.close()
