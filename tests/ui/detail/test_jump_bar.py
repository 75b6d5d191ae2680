"""The labels that scroll to a section."""

import pytest
from pytestqt.qtbot import QtBot

from ui.detail.jump_bar import JumpBar
from ui.detail.page.page_theme import PageTheme
from ui.detail.quiet_button import QuietButton


@pytest.fixture
def bar(qtbot: QtBot) -> JumpBar:
    made = JumpBar(PageTheme())
    qtbot.addWidget(made)
    made.show_entries([(1, "Stack"), (4, "Request"), (9, "Raw")])
    return made


def buttons(bar: JumpBar) -> dict[str, QuietButton]:
    return {button.text(): button for button in bar.findChildren(QuietButton) if not button.isHidden()}


@pytest.mark.parametrize(("section", "marked"), [(0, []), (1, ["Stack"]), (8, ["Request"]), (20, ["Raw"])])
def test_the_word_of_the_section_in_view_is_marked(bar: JumpBar, section: int, marked: list[str]) -> None:
    bar.mark(section)
    assert [word for word, is_marked in bar.labels() if is_marked] == marked


def test_a_click_requests_the_section(bar: JumpBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.jump) as asked:
        buttons(bar)["Request"].click()
    assert asked.args == [4]


def test_unchanged_labels_reuse_their_buttons_and_jump_to_the_new_sections(
    bar: JumpBar, qtbot: QtBot
) -> None:
    before = buttons(bar)
    bar.show_entries([(2, "Stack"), (5, "Request"), (8, "Raw")])
    assert buttons(bar) == before
    with qtbot.waitSignal(bar.jump) as asked:
        before["Raw"].click()
    assert asked.args == [8]
    bar.show_entries([(0, "Raw")])
    assert [word for word, _marked in bar.labels()] == ["Raw"]


def test_a_copy_is_confirmed(bar: JumpBar) -> None:
    bar.show_copied("JSON")
    assert bar.message.text() == "JSON copied"


MANY = [(n, f"Section {n}") for n in range(1, 13)]


@pytest.mark.parametrize("width", [120, 400, 2_000])
def test_labels_without_room_are_in_a_menu_and_none_is_cut(bar: JumpBar, width: int, qtbot: QtBot) -> None:
    bar.show_entries(MANY)
    bar.resize(width, 30)
    bar.show()
    bar.grab()
    shown = [button for button in buttons(bar).values() if button.text()]
    assert all(button.width() >= button.sizeHint().width() for button in shown)
    assert sum(button.width() for button in shown) <= width
    menu = bar.menu()
    hidden = [action.text().split("\t")[0] for action in menu.actions()]
    assert [button.text() for button in shown] + hidden == [word for _, word in MANY]
    assert bar.more.isVisible() == bool(hidden)
    assert bar.minimumSizeHint().width() == 0
    if hidden:
        with qtbot.waitSignal(bar.jump) as asked:
            menu.actions()[-1].trigger()
        assert asked.args == [12]
        bar.mark(12)
        assert bar.more.chosen


def test_a_digit_jumps_to_the_section_with_this_number(bar: JumpBar, qtbot: QtBot) -> None:
    bar.show()
    with qtbot.waitSignal(bar.jump) as asked:
        bar.go(2)
    assert asked.args == [4]
    with qtbot.assertNotEmitted(bar.jump):
        bar.go(4)


def test_the_first_nine_labels_say_their_digits(bar: JumpBar) -> None:
    bar.show_entries(MANY)
    bar.resize(60, 30)
    keys = [action.text().partition("\t")[2] for action in bar.menu().actions()]
    assert keys[-4:] == ["9", "", "", ""]
