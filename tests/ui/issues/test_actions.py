"""Acts on issues are undone as far as the issues are still as the act left them."""

from app.model import IssueState, MuteRule
from app.store.inbox.triage import actions, history
from tests.factories import NOON, Store
from tests.regrouping.shop import Shop
from tests.ui.undoing import Back, Do, state
from ui.issues.actions import IssueActions
from ui.issues.mute_menu import MuteChoice
from ui.undo import UndoStack


def test_an_issue_that_changed_elsewhere_stays_as_it_is(
    shop: Shop,
    store: Store,
    undo: UndoStack,
    of_issues: IssueActions,
    do: Do,
    back: Back,
    refusal: Do,
) -> None:
    do(lambda: of_issues.act("resolve", [1]))
    do(lambda: of_issues.act("resolve", [2, 3]))
    store.write(actions.mute, [1, 2], NOON)
    assert back() == "2 issues resolved (1 issue changed since and stayed)"
    assert state(store, 2) is IssueState.MUTED
    assert state(store, 3) is IssueState.OPEN
    assert [line.kind for line in store.read(history.timeline, 3)] == ["new"]
    assert refusal(undo.undo).startswith("Not undone")
    assert state(store, 1) is IssueState.MUTED
    assert not undo.can_undo


def test_a_mute_whose_counter_has_changed_can_be_undone(
    shop: Shop, store: Store, of_issues: IssueActions, do: Do, back: Back
) -> None:
    do(lambda: of_issues.mute([1], MuteChoice("until 5 more", MuteRule(more=5))))
    shop.send("f1")
    assert back() == "1 issue muted until 5 more"
    assert state(store, 1) is IssueState.OPEN


def test_an_issue_read_since_is_still_resolved_but_no_longer_unread(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, do: Do, back: Back, refusal: Do
) -> None:
    do(lambda: of_issues.act("resolve", [1]))
    do(lambda: of_issues.act("read", [2]))
    store.write(actions.set_unread, [1, 2], True)
    assert refusal(undo.undo).startswith("Not undone")
    assert back() == "1 issue resolved"
