"""What the pane shows while there is no event."""

import pytest
from pytestqt.qtbot import QtBot

from ui.detail.page.page_theme import PageTheme
from ui.detail.placeholder import Placeholder, keys
from ui.theme import Theme


@pytest.fixture
def placeholder(qtbot: QtBot) -> Placeholder:
    made = Placeholder(PageTheme())
    qtbot.addWidget(made)
    made.resize(400, 500)
    return made


def test_sentence_and_hints_are_read_aloud(placeholder: Placeholder) -> None:
    placeholder.show_message("Select an issue", [("Tab", "walk")])
    assert (placeholder.accessibleName(), placeholder.accessibleDescription()) == (
        "Select an issue",
        "Tab: walk",
    )


def test_it_is_painted_in_the_colours_of_the_theme(placeholder: Placeholder, dressed: Theme) -> None:
    empty = placeholder.grab().toImage()
    placeholder.show_message("Select an issue to see its newest event", keys())
    assert empty.pixelColor(2, 2) == placeholder.grab().toImage().pixelColor(2, 2) == dressed.surface
    assert placeholder.grab().toImage() != empty
