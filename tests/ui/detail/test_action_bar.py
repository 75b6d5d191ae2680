"""The buttons above the event: what is offered in which state of the issue."""

import pytest
from pytestqt.qtbot import QtBot

from app.model import IssueState
from tests.ui.issues.factories import make_issue
from ui.detail.action_bar import COPY_KEY, ActionBar
from ui.detail.page.page_theme import PageTheme
from ui.detail.quiet_button import QuietButton


@pytest.fixture
def bar(qtbot: QtBot) -> ActionBar:
    made = ActionBar(PageTheme())
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("state", "has_releases", "offered"),
    [
        (IssueState.OPEN, False, {"Resolve", "Mute", "Copy"}),
        (IssueState.REGRESSED, True, {"Resolve", "Resolve in a release", "Mute", "Copy"}),
        (IssueState.MUTED, False, {"Resolve", "Reopen", "Copy"}),
        (IssueState.RESOLVED, True, {"Reopen", "Copy"}),
    ],
)
def test_only_acts_that_apply_are_offered(
    bar: ActionBar, state: IssueState, has_releases: bool, offered: set[str]
) -> None:
    bar.show_issue(make_issue(1, state=state), has_releases=has_releases)
    buttons = (bar.resolve_button, bar.resolve_in_button, bar.mute_button, bar.reopen_button, bar.copy_button)
    assert {each.accessibleName() for each in buttons if not each.isHidden()} == offered


def test_the_copy_menu_emits_the_chosen_form(bar: ActionBar) -> None:
    requested: list[str] = []
    bar.copy_requested.connect(requested.append)
    for action in bar.copy_menu().actions():
        action.trigger()
    assert requested == ["markdown", "text", "test", "json", "id"]
    bar.last_form = "test"
    assert [action.text() for action in bar.copy_menu().actions() if COPY_KEY in action.text()] == [
        f"Copy as &failing test\t{COPY_KEY}"
    ]


@pytest.mark.parametrize(("width", "in_menu"), [(2_000, 0), (380, 1), (320, 3)])
def test_what_has_no_room_is_in_a_menu(bar: ActionBar, width: int, in_menu: int) -> None:
    bar.show_issue(make_issue(1), has_releases=True, has_code=True)
    bar.resize(width, 40)
    bar.show()
    bar.grab()
    entries = [action.text() for action in bar.more_menu().actions()]
    assert len(entries) >= in_menu
    assert bar.more_button.isVisible() == bool(entries)
    assert bool(entries) == bool(in_menu)
    shown = [button for button in bar.findChildren(QuietButton) if button.isVisible()]
    if width > 320:
        assert [button for button in shown if button.width() < button.minimumSizeHint().width()] == []
    if "Resolve in a release" in entries:
        asked: list[int] = []
        bar.resolve_in.connect(lambda: asked.append(1))
        bar.more_menu().actions()[entries.index("Resolve in a release")].trigger()
        assert asked == [1]
