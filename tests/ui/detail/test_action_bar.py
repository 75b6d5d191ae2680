"""The buttons above the event: what is offered in which state of the issue."""

import pytest
from pytestqt.qtbot import QtBot

from app.model import IssueState
from tests.ui.issues.factories import make_issue
from ui.commands.keymap import keymap
from ui.detail.action_bar import ActionBar
from ui.detail.page.page_theme import PageTheme


@pytest.fixture
def bar(qtbot: QtBot) -> ActionBar:
    made = ActionBar(PageTheme())
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("state", "has_releases", "offered"),
    [
        (IssueState.OPEN, False, {"Resolve", "Mute", "Copy"}),
        (IssueState.REGRESSED, True, {"Resolve", "Resolve in a release or at a commit", "Mute", "Copy"}),
        (IssueState.MUTED, False, {"Resolve", "Reopen", "Copy"}),
        (IssueState.RESOLVED, True, {"Reopen", "Copy"}),
    ],
)
def test_only_acts_that_apply_are_offered(
    bar: ActionBar, state: IssueState, has_releases: bool, offered: set[str]
) -> None:
    bar.show_issue(make_issue(1, state=state), has_releases=has_releases)
    buttons = (
        bar.resolve_button,
        bar.resolve_more_button,
        bar.mute_button,
        bar.reopen_button,
        bar.copy_button,
    )
    assert {each.accessibleName() for each in buttons if each.isVisibleTo(bar)} == offered


def test_menus_offer_what_the_event_has(bar: ActionBar) -> None:
    def offered() -> list[str]:
        actions = [*bar.resolve_menu().actions(), *bar.more_menu().actions()]
        return [
            action.text().partition("\t")[0] for action in actions if action.isEnabled() and action.text()
        ]

    bar.show_issue(make_issue(1), has_releases=False)
    assert offered() == ["Compare with what is usual for this issue", "Create an issue in GitHub or GitLab …"]
    bar.show_issue(make_issue(1), has_releases=True, has_code=True, has_request=True)
    assert {"Resolve in a release …", "Resolve at a commit …", "Replay the request …"} <= set(offered())


def test_the_copy_menu_emits_the_chosen_form(bar: ActionBar) -> None:
    requested: list[str] = []
    bar.copy_requested.connect(requested.append)
    for action in bar.copy_menu().actions():
        action.trigger()
    assert requested == ["markdown", "text", "test", "json", "id"]
    bar.last_form = "test"
    key = keymap().shown("copy_again")
    assert [action.text() for action in bar.copy_menu().actions() if key in action.text()] == [
        f"Copy as &failing test\t{key}"
    ]
