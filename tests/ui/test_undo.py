"""One undo for acts of every kind, on the real store: its order, its failures, and stale acts."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from pytestqt.qtbot import QtBot

from app import paths
from app.model import IssueState
from app.notifications import directory
from app.store.database import Database
from app.store.inbox.triage import actions, history, pins
from app.store.queue import queue_overview
from app.store.trash import deleted_issues
from tests.factories import NOON, Store
from tests.regrouping.shop import Shop
from tests.ui.undoing import Back, Do, sentence, state
from ui import undo as undo_module
from ui.grouping.actions import GroupingActions
from ui.grouping.corrections_dialog import CorrectionsDialog
from ui.issues.actions import IssueActions
from ui.issues.mute_menu import FOR_EVER
from ui.link.store_access import StoreAccess
from ui.notifications.actions import NotificationActions
from ui.queue.actions import QueueActions
from ui.trash.actions import TrashActions
from ui.undo import UndoStack


def test_an_act_undone_in_the_corrections_dialog_is_not_undone_again(
    shop: Shop,
    store: Store,
    access: StoreAccess,
    undo: UndoStack,
    of_issues: IssueActions,
    of_grouping: GroupingActions,
    do: Do,
    back: Back,
    qtbot: QtBot,
) -> None:
    do(lambda: of_grouping.merge([1, 2]))
    do(lambda: of_issues.act("resolve", [9]))
    do(lambda: of_grouping.merge([3, 4]))
    shop.settle()
    assert list(shop.shown()) == [1, 3, 5, 6, 7, 8, 9]
    dialog = CorrectionsDialog(access, of_grouping)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == 2)
    with qtbot.waitSignal(undo.undone) as undone:
        dialog.undo.click()
    assert sentence(undone) == "2 issues merged"
    shop.settle()
    assert list(shop.shown()) == [1, 3, 4, 5, 6, 7, 8, 9]
    assert back() == "1 issue resolved"
    assert state(store, 9) is IssueState.OPEN
    assert 2 not in shop.shown()
    assert back() == "2 issues merged"
    shop.settle()
    assert list(shop.shown()) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert do(undo.redo) == "2 issues merged"
    assert 2 not in shop.shown()
    assert do(undo.redo) == "1 issue resolved"
    assert state(store, 9) is IssueState.RESOLVED
    assert do(undo.redo) == "2 issues merged"
    assert 4 not in shop.shown()
    assert not undo.can_redo
    assert back() == "2 issues merged"


def test_acts_of_all_kinds_are_undone_and_redone_by_time(
    shop: Shop,
    store: Store,
    undo: UndoStack,
    of_issues: IssueActions,
    of_grouping: GroupingActions,
    of_queue: QueueActions,
    of_notices: NotificationActions,
    do: Do,
    back: Back,
) -> None:
    message = [
        do(lambda: of_issues.mute([5], FOR_EVER)),
        do(lambda: of_queue.discard([1, 2])),
        do(lambda: of_notices.add_channel("hook", "json://host")),
        do(lambda: of_grouping.merge([1, 2])),
        do(lambda: of_issues.note(6, "Ask Ada.")),
    ]
    assert message == [
        "1 issue muted for ever",
        "2 reports discarded",
        "hook added",
        "2 issues merged",
        "Note added",
    ]
    assert [back() for _act in message] == message[::-1]
    shop.settle()
    assert list(shop.shown()) == list(range(1, 10))
    assert state(store, 5) is IssueState.OPEN
    assert store.read(queue_overview.status).dead == 2
    assert store.read(directory.all_channels) == []
    assert [line.kind for line in store.read(history.timeline, 6)] == ["new"]
    assert [do(undo.redo) for _act in message] == message
    assert 2 not in shop.shown()
    assert state(store, 5) is IssueState.MUTED
    assert store.read(queue_overview.status).dead == 0
    assert [channel.name for channel in store.read(directory.all_channels)] == ["hook"]
    assert store.read(history.timeline, 6)[0].text == "Ask Ada."


def test_acts_on_the_same_issues_are_undone_one_after_the_other(
    shop: Shop,
    store: Store,
    undo: UndoStack,
    of_issues: IssueActions,
    of_grouping: GroupingActions,
    do: Do,
    back: Back,
) -> None:
    before = shop.shown()
    message = [
        do(lambda: of_issues.act("read", [1, 2])),
        do(lambda: of_issues.act("resolve", [1])),
        do(lambda: of_issues.mute([2], FOR_EVER)),
        do(lambda: of_grouping.merge([1, 2])),
        do(lambda: of_issues.act("reopen", [1])),
        do(lambda: of_issues.resolve_in([1], "2.0")),
    ]
    shop.settle()
    for _round in range(2):
        for expected in message[::-1]:
            assert back() == expected
            shop.settle()
        assert shop.shown() == before
        assert [state(store, number) for number in (1, 2)] == [IssueState.OPEN] * 2
        assert [do(undo.redo) for _act in message] == message
        shop.settle()


def test_a_new_act_clears_the_redo_stack(
    shop: Shop, undo: UndoStack, of_issues: IssueActions, do: Do, back: Back, refusal: Do
) -> None:
    do(lambda: of_issues.act("resolve", [1]))
    back()
    do(lambda: of_issues.act("resolve", [2]))
    assert refusal(undo.redo) == "Nothing to redo"
    assert back() == "1 issue resolved"
    assert refusal(undo.undo) == "Nothing to undo"


def test_a_merge_undone_on_the_command_line_is_reported_and_no_other_act_is_undone(
    shop: Shop,
    store: Store,
    undo: UndoStack,
    of_issues: IssueActions,
    of_grouping: GroupingActions,
    do: Do,
    back: Back,
    refusal: Do,
) -> None:
    do(lambda: of_issues.act("resolve", [9]))
    do(lambda: of_grouping.merge([1, 2]))
    shop.undo(1)
    shop.settle()
    assert refusal(undo.undo) == "Not undone, as it was undone or changed elsewhere: 2 issues merged"
    assert state(store, 9) is IssueState.RESOLVED
    assert back() == "1 issue resolved"
    assert undo.can_redo


def test_the_offered_act_is_undone_and_no_other(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, do: Do, refusal: Do, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(undo.acted) as first:
        of_issues.act("resolve", [1])
    do(lambda: of_issues.act("resolve", [2]))
    assert isinstance(first.args, list)
    with qtbot.waitSignal(undo.undone) as undone:
        undo.undo(first.args[0])
    assert undone.args == [first.args[0], "1 issue resolved"]
    assert (state(store, 1), state(store, 2)) == (IssueState.OPEN, IssueState.RESOLVED)
    assert refusal(lambda: undo.undo(first.args[0])) == "It cannot be undone any more"
    assert state(store, 2) is IssueState.RESOLVED
    with qtbot.waitSignal(undo.acted):
        undo.redo(first.args[0])
    assert state(store, 1) is IssueState.RESOLVED


def test_undo_waits_for_the_act_that_is_running(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, do: Do, qtbot: QtBot
) -> None:
    do(lambda: of_issues.act("resolve", [1]))
    emitted: list[tuple[str, int]] = []
    undo.acted.connect(lambda number, _sentence: emitted.append(("done", number)))
    undo.undone.connect(lambda number, _sentence: emitted.append(("undone", number)))
    with shop.database.writing():
        of_issues.act("resolve", [2])
        undo.undo()
        of_issues.act("resolve", [3])
        qtbot.wait(50)
        assert emitted == []
    qtbot.waitUntil(lambda: len(emitted) == 3)
    assert emitted == [("done", 2), ("undone", 2), ("done", 3)]
    assert [state(store, number) for number in (1, 2, 3)] == ["resolved", "open", "resolved"]


def test_an_undo_that_waits_for_an_act_that_fails_undoes_nothing_else(
    shop: Shop,
    store: Store,
    undo: UndoStack,
    of_issues: IssueActions,
    of_grouping: GroupingActions,
    do: Do,
    refusal: Do,
) -> None:
    do(lambda: of_issues.act("resolve", [1]))

    def merge_and_undo() -> None:
        of_grouping.merge([2, 404])
        undo.undo()

    assert refusal(merge_and_undo) == "There is no issue 404."
    assert do(lambda: of_issues.act("resolve", [2])) == "1 issue resolved"
    assert state(store, 1) is IssueState.RESOLVED


def test_an_act_that_changes_nothing_is_not_undone(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, do: Do, refusal: Do
) -> None:
    do(lambda: of_issues.act("resolve", [1]))
    store.write(actions.resolve, [2], NOON)

    def resolve_and_undo() -> None:
        of_issues.act("resolve", [2])
        undo.undo()

    assert refusal(resolve_and_undo) == "Nothing was left to change: 1 issue resolved"
    do(lambda: of_issues.act("resolve", [3]))
    assert state(store, 1) is IssueState.RESOLVED


def test_when_the_store_is_gone_the_act_stays_to_be_undone(
    shop: Shop,
    store: Store,
    access: StoreAccess,
    undo: UndoStack,
    of_issues: IssueActions,
    do: Do,
    back: Back,
    refusal: Do,
    qtbot: QtBot,
) -> None:
    do(lambda: of_issues.act("resolve", [1]))
    file = shop.database.file
    assert file.name == paths.DATABASE
    access.reopen()
    file.rename(file.with_suffix(".away"))
    with qtbot.waitSignal(access.troubled):
        assert refusal(undo.undo) == "Could not undo, try again: 1 issue resolved"
    file.with_suffix(".away").rename(file)
    assert back() == "1 issue resolved"
    assert state(store, 1) is IssueState.OPEN
    access.reopen()
    file.rename(file.with_suffix(".away"))
    with qtbot.waitSignal(access.troubled):
        assert refusal(undo.redo) == "Could not redo, try again: 1 issue resolved"
    file.with_suffix(".away").rename(file)
    assert do(undo.redo) == "1 issue resolved"


def test_when_the_store_is_busy_the_act_stays_to_be_undone(
    shop: Shop,
    access: StoreAccess,
    undo: UndoStack,
    of_issues: IssueActions,
    do: Do,
    back: Back,
    refusal: Do,
    qtbot: QtBot,
) -> None:
    access._database = Database(shop.database.file, busy_seconds=0.01)
    do(lambda: of_issues.act("resolve", [1]))
    do(lambda: of_issues.act("resolve", [2]))

    def undo_twice() -> None:
        undo.undo()
        undo.undo()

    with shop.database.writing(), qtbot.waitSignal(access.troubled):
        assert refusal(undo_twice) == "Could not undo, try again: 1 issue resolved"
    assert [back(), back()] == ["1 issue resolved"] * 2
    assert refusal(undo.undo) == "Nothing to undo"


def test_the_oldest_acts_are_forgotten(
    shop: Shop, undo: UndoStack, of_issues: IssueActions, do: Do, back: Back, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_module, "DEPTH", 2)
    for number in (1, 2, 3):
        do(lambda number=number: of_issues.act("resolve", [number]))  # type: ignore[misc]
    back()
    back()
    assert not undo.can_undo
    assert undo.can_redo


def test_acts_on_another_store_are_forgotten(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, do: Do, refusal: Do
) -> None:
    do(lambda: of_issues.act("resolve", [1]))

    def resolve_in_the_old_store() -> None:
        of_issues.act("resolve", [2])
        undo.undo()
        undo.clear()

    assert refusal(resolve_in_the_old_store) == "1 issue resolved"
    assert refusal(undo.undo) == "Nothing to undo"
    assert state(store, 2) is IssueState.RESOLVED


@pytest.fixture
def in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two issues a step, and progress is shown at once."""
    monkeypatch.setattr("ui.issues.actions.AT_ONCE", 2)
    monkeypatch.setattr("ui.steps.SHOWN_AFTER_SECONDS", 0)
    monkeypatch.setattr("ui.steps.SHOWN_EVERY_SECONDS", 0)


def resolved(store: Store) -> list[int]:
    return [number for number in range(1, 10) if state(store, number) is IssueState.RESOLVED]


@pytest.mark.usefixtures("in_steps")
def test_an_act_on_many_issues_shows_its_progress_and_is_one_act(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, do: Do, back: Back, refusal: Do
) -> None:
    shown: list[str] = []
    undo.progressed.connect(shown.append)
    assert do(lambda: of_issues.act("resolve", [5, 4, 3, 2, 1])) == "5 issues resolved"
    assert shown == ["2 of 5 issues resolved …", "4 of 5 issues resolved …"]
    assert resolved(store) == [1, 2, 3, 4, 5]
    shown.clear()
    assert back() == "5 issues resolved"
    assert shown == ["Undone: 1 of 5 issues resolved …", "Undone: 3 of 5 issues resolved …"]
    assert resolved(store) == []
    assert do(undo.redo) == "5 issues resolved"
    assert resolved(store) == [1, 2, 3, 4, 5]
    back()
    assert refusal(undo.undo) == "Nothing to undo"


@pytest.mark.usefixtures("in_steps")
def test_a_cancelled_act_is_an_act_as_far_as_it_came(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, do: Do, back: Back
) -> None:
    cancelling = undo.progressed.connect(lambda _sentence: undo.cancel())
    assert do(lambda: of_issues.act("resolve", [1, 2, 3, 4, 5])) == "2 of 5 issues resolved"
    undo.progressed.disconnect(cancelling)
    assert resolved(store) == [1, 2]
    assert back() == "2 of 5 issues resolved"
    assert resolved(store) == []
    assert do(undo.redo) == "2 of 5 issues resolved"
    assert resolved(store) == [1, 2]


@pytest.mark.usefixtures("in_steps")
def test_an_undo_that_is_cancelled_goes_on_where_it_ended(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, do: Do, back: Back
) -> None:
    do(lambda: of_issues.act("resolve", [1, 2, 3, 4, 5]))
    cancelling = undo.progressed.connect(lambda _sentence: undo.cancel())
    assert do(undo.undo) == "4 of 5 issues resolved"
    undo.progressed.disconnect(cancelling)
    assert resolved(store) == [1, 2, 3, 4]
    assert not undo.can_redo
    store.write(actions.mute, [3], NOON)
    assert back() == "5 issues resolved (1 issue changed since and stayed)"
    assert resolved(store) == []
    assert state(store, 3) is IssueState.MUTED
    assert do(undo.redo) == "5 issues resolved"
    assert resolved(store) == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("in_steps")
def test_a_step_that_fails_leaves_an_act_as_far_as_it_came(
    shop: Shop,
    store: Store,
    access: StoreAccess,
    undo: UndoStack,
    of_issues: IssueActions,
    do: Do,
    back: Back,
    refusal: Do,
    qtbot: QtBot,
) -> None:
    access._database = Database(shop.database.file, busy_seconds=0.01)
    with ExitStack() as lock:
        locking = undo.progressed.connect(lambda _sentence: lock.enter_context(shop.database.writing()))
        with qtbot.waitSignal(access.troubled):
            assert do(lambda: of_issues.act("resolve", [1, 2, 3, 4, 5])) == "2 of 5 issues resolved"
    undo.progressed.disconnect(locking)
    assert resolved(store) == [1, 2]
    do(lambda: of_issues.act("resolve", [1, 2, 3, 4, 5]))
    with ExitStack() as lock:
        locking = undo.progressed.connect(lambda _sentence: lock.enter_context(shop.database.writing()))
        with qtbot.waitSignal(access.troubled):
            assert refusal(undo.undo) == "Could not undo, try again: 4 of 5 issues resolved"
    undo.progressed.disconnect(locking)
    assert back() == "5 issues resolved"
    assert back() == "2 of 5 issues resolved"
    assert resolved(store) == []


@pytest.mark.usefixtures("in_steps")
def test_another_store_ends_a_long_act(
    shop: Shop, store: Store, undo: UndoStack, of_issues: IssueActions, refusal: Do
) -> None:
    undo.progressed.connect(lambda _sentence: undo.clear())
    assert refusal(lambda: of_issues.act("resolve", [1, 2, 3, 4])) == "2 of 4 issues resolved"
    assert resolved(store) == [1, 2]
    assert not undo.can_undo


@pytest.mark.parametrize("what", ["resolve", "pin", "delete", "merge"])
def test_an_act_whose_object_changed_elsewhere_is_outdated(
    shop: Shop,
    store: Store,
    access: StoreAccess,
    undo: UndoStack,
    of_issues: IssueActions,
    of_grouping: GroupingActions,
    do: Do,
    qtbot: QtBot,
    what: str,
) -> None:
    trash = TrashActions(access, undo, access)
    acts = {
        "resolve": lambda: of_issues.act("resolve", [1]),
        "pin": lambda: of_issues.pin([1], True),
        "delete": lambda: trash.delete([1]),
        "merge": lambda: of_grouping.merge([1, 2]),
    }
    changes: dict[str, Callable[[], object]] = {
        "resolve": lambda: store.write(actions.mute, [1], NOON),
        "pin": lambda: store.write(pins.pin, [1], False),
        "delete": lambda: store.write(deleted_issues.restore_issues, 1, [1], NOON),
        "merge": lambda: shop.undo(1),
    }
    do(acts[what])
    with qtbot.assertNotEmitted(undo.outdated, wait=100):
        undo.check(1)
    changes[what]()
    with qtbot.waitSignal(undo.outdated) as outdated:
        undo.check(1)
    assert outdated.args == [1]


def test_an_undone_act_about_one_issue_says_which(
    shop: Shop, undo: UndoStack, of_issues: IssueActions, do: Do, qtbot: QtBot
) -> None:
    do(lambda: of_issues.act("resolve", [3]))
    with qtbot.waitSignal(undo.brought_back) as back:
        undo.undo()
    assert back.args == [3]
