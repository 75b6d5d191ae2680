"""The line in which a search is typed."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.query import parser
from ui.issues.search.field import SearchField
from ui.theme import theme


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    made = SearchField()
    qtbot.addWidget(made)
    made.resize(400, 32)
    made.show()
    return made


def colours(field: SearchField) -> set[str]:
    """All colours of its picture."""
    picture = field.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_keys_are_coloured_while_they_are_typed(field: SearchField) -> None:
    QTest.keyClicks(field, "boom")
    assert theme().accent.name() not in colours(field)
    QTest.keyClicks(field, " level:error")
    assert field.text() == "boom level:error"
    assert theme().accent.name() in colours(field)


def test_a_mistake_is_underlined_until_something_is_typed(field: SearchField) -> None:
    field.setText("is:opne")
    field.clearFocus()
    plain = colours(field)
    field.show_problems(parser.parse(field.text()).problems)
    underlined = colours(field)
    assert underlined - plain
    field.setText("is:opned")
    field.setText("is:opne")
    assert colours(field) == plain


def test_a_part_is_replaced_and_that_undone(field: SearchField) -> None:
    QTest.keyClicks(field, "a lev b")
    field.replace(2, 5, "level:")
    assert (field.text(), field.cursorPosition()) == ("a level: b", 8)
    field.undo()
    assert field.text() == "a lev b"
