"""One undo for acts of every kind, on the real store: in what order, and what if it fails or is stale."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from app import paths
from app.digest.grouping.rules import Part, Same
from app.model import IssueState, MuteRule
from app.notifications import directory
from app.regrouping import splits
from app.store.database import Database
from app.store.inbox import actions, history, issues
from app.store.queue import dead_letters, queue_overview, report_queue
from app.store.queue.report_queue import Setback
from tests.factories import NOON, Store
from tests.regroupings import Shop
from ui import undo as undo_module
from ui.grouping.actions import GroupingActions
from ui.grouping.corrections_dialog import CorrectionsDialog
from ui.issues.actions import IssueActions
from ui.issues.mute_menu import FOR_EVER, MuteChoice
from ui.link.store_access import StoreAccess
from ui.notifications.actions import NotificationActions
from ui.queue.actions import QueueActions
from ui.undo import UndoStack


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    """Issues 1 to 9."""
    shop = Shop(database, tmp_path)
    for number in range(1, 10):
        assert shop.send(f"f{number}") == number
    return shop


@pytest.fixture
def of_issues(access: StoreAccess, undo: UndoStack) -> IssueActions:
    return IssueActions(access, undo, access)


@pytest.fixture
def of_grouping(access: StoreAccess, undo: UndoStack) -> GroupingActions:
    return GroupingActions(access, undo, access)


@pytest.fixture
def of_queue(access: StoreAccess, undo: UndoStack, store: Store, shop: Shop) -> QueueActions:
    """Reports 1 and 2 are dead."""
    for report_id in (1, 2):
        dead = Setback(report_id=report_id, attempts=5, due_at=None, dead=True, error="x", traceback="x")
        store.write(report_queue.set_back, dead)
    return QueueActions(access, undo, access)


@pytest.fixture
def of_notices(access: StoreAccess, undo: UndoStack) -> NotificationActions:
    return NotificationActions(access, undo, access)


@pytest.fixture
def do(undo: UndoStack, qtbot: QtBot) -> Callable[[Callable[[], object]], str]:
    """Does something; returns what the bar offers to undo then."""

    def done(act: Callable[[], object]) -> str:
        with qtbot.waitSignal(undo.acted) as acted:
            act()
        return sentence(acted)

    return done


@pytest.fixture
def back(undo: UndoStack, qtbot: QtBot) -> Callable[[], str]:
    """Undoes; returns what was undone."""

    def undone() -> str:
        with qtbot.waitSignal(undo.undone) as signal:
            undo.undo()
        return sentence(signal)

    return undone


@pytest.fixture
def refusal(undo: UndoStack, qtbot: QtBot) -> Callable[[Callable[[], object]], str]:
    """Tries something that is not done; returns why not."""

    def refused(act: Callable[[], object]) -> str:
        with qtbot.waitSignal(undo.said) as said:
            act()
        assert isinstance(said.args, list)
        return str(said.args[0])

    return refused


def sentence(signal: SignalBlocker) -> str:
    assert isinstance(signal.args, list)
    return str(signal.args[1])


def state(store: Store, issue_id: int) -> IssueState:
    issue = store.read(issues.get, issue_id)
    assert issue is not None
    return issue.state


Do = Callable[[Callable[[], object]], str]
Back = Callable[[], str]


def test_what_corrections_took_back_is_not_undone_again_and_the_next_is(
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
    said = [
        do(lambda: of_issues.mute([5], FOR_EVER)),
        do(lambda: of_queue.discard([1, 2])),
        do(lambda: of_notices.add_channel("hook", "json://host")),
        do(lambda: of_grouping.merge([1, 2])),
        do(lambda: of_issues.note(6, "Ask Ada.")),
    ]
    assert said == [
        "1 issue muted for ever",
        "2 reports discarded",
        "hook added",
        "2 issues merged",
        "Note added",
    ]
    assert [back() for _act in said] == said[::-1]
    shop.settle()
    assert list(shop.shown()) == list(range(1, 10))
    assert state(store, 5) is IssueState.OPEN
    assert store.read(queue_overview.status).dead == 2
    assert store.read(directory.all_channels) == []
    assert [line.kind for line in store.read(history.timeline, 6)] == ["new"]
    assert [do(undo.redo) for _act in said] == said
    assert 2 not in shop.shown()
    assert state(store, 5) is IssueState.MUTED
    assert store.read(queue_overview.status).dead == 0
    assert [channel.name for channel in store.read(directory.all_channels)] == ["hook"]
    assert store.read(history.timeline, 6)[0].text == "Ask Ada."


def test_a_new_act_clears_what_could_be_redone(
    shop: Shop, undo: UndoStack, of_issues: IssueActions, do: Do, back: Back, refusal: Do
) -> None:
    do(lambda: of_issues.act("resolve", [1]))
    back()
    do(lambda: of_issues.act("resolve", [2]))
    assert refusal(undo.redo) == "Nothing to redo"
    assert back() == "1 issue resolved"
    assert refusal(undo.undo) == "Nothing to undo"


def test_a_merge_that_the_command_line_undid_is_said_and_nothing_else_is_undone(
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


def test_a_mute_that_counts_down_still_stands(
    shop: Shop, store: Store, of_issues: IssueActions, do: Do, back: Back
) -> None:
    do(lambda: of_issues.mute([1], MuteChoice("until 5 more", MuteRule(more=5))))
    shop.send("f1")
    assert back() == "1 issue muted until 5 more"
    assert state(store, 1) is IssueState.OPEN


def test_reports_that_came_back_elsewhere(
    store: Store, undo: UndoStack, of_queue: QueueActions, do: Do, back: Back, refusal: Do
) -> None:
    do(lambda: of_queue.discard([1, 2]))
    store.write(dead_letters.undo_discard, [1])
    assert back() == "2 reports discarded (1 report could not be had back)"
    assert do(undo.redo) == "2 reports discarded"
    store.write(dead_letters.undo_discard, [1, 2])
    assert refusal(undo.undo).startswith("Not undone")


def test_a_channel_that_was_changed_elsewhere_is_neither_removed_nor_restored(
    store: Store, undo: UndoStack, of_notices: NotificationActions, do: Do, refusal: Do
) -> None:
    do(lambda: of_notices.add_channel("hook", "json://host"))
    (hook,) = store.read(directory.all_channels)
    store.write(directory.change_channel, directory.Channel(id=hook.id, name="hook", url="json://other"))
    assert refusal(undo.undo).startswith("Not undone")
    assert [channel.url for channel in store.read(directory.all_channels)] == ["json://other"]


def test_channels_are_added_changed_and_removed_again_under_their_ids(
    store: Store, undo: UndoStack, of_notices: NotificationActions, do: Do, back: Back
) -> None:
    do(lambda: of_notices.add_channel("hook", "json://host"))
    (hook,) = store.read(directory.all_channels)
    off = directory.Channel(id=hook.id, name="hook", url="json://host", enabled=False)
    said = ["hook added", do(lambda: of_notices.change_channel(off, "hook off"))]
    said.append(do(lambda: of_notices.remove_channel(off)))
    for _round in range(2):
        assert [back() for _act in said] == said[::-1]
        assert store.read(directory.all_channels) == []
        assert [do(undo.redo) for _act in said[:2]] == said[:2]
        assert store.read(directory.all_channels) == [off]
        assert do(undo.redo) == said[2]


def test_a_name_that_is_taken_meanwhile_leaves_the_redo(
    store: Store, undo: UndoStack, of_notices: NotificationActions, do: Do, back: Back, refusal: Do
) -> None:
    do(lambda: of_notices.add_channel("hook", "json://host"))
    back()
    other = store.write(directory.add_channel, "hook", "json://other")
    assert refusal(undo.redo).startswith("There is a channel named hook already")
    store.write(directory.remove_channel, other)
    assert do(undo.redo) == "hook added"


def test_a_rule_is_applied_again_to_what_is_stored_then(
    shop: Shop,
    undo: UndoStack,
    of_grouping: GroupingActions,
    do: Do,
    back: Back,
    refusal: Do,
) -> None:
    plan = shop.plan(Same(Part.FUNCTION, ("f1", "f2")))
    do(lambda: of_grouping.apply(plan, "rule", "Grouping rule kept"))
    shop.settle()
    ruled = shop.shown()
    assert len(ruled) == 8
    back()
    assert "are being moved just now; try again" in refusal(undo.redo)
    shop.settle()
    assert len(shop.shown()) == 9
    assert do(undo.redo) == "Grouping rule kept"
    shop.settle()
    assert shop.shown() == ruled == shop.recounted()


def test_a_split_is_done_again(
    database: Database, tmp_path: Path, undo: UndoStack, of_grouping: GroupingActions, do: Do, back: Back
) -> None:
    shop = Shop(database, tmp_path)
    shop.send("charge", tags={"region": "eu"})
    shop.send("charge", tags={"region": "us"})
    with database.reading() as connection:
        plan = shop.plan(splits.apart(connection, 1, "tag:region"), 1)
    do(lambda: of_grouping.apply(plan, "split", "Issue split"))
    shop.settle()
    assert len(shop.shown()) == 2
    back()
    shop.settle()
    assert len(shop.shown()) == 1
    do(undo.redo)
    shop.settle()
    assert len(shop.shown()) == 2
    assert shop.shown() == shop.recounted()


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
    heard: list[tuple[str, int]] = []
    undo.acted.connect(lambda number, _sentence: heard.append(("done", number)))
    undo.undone.connect(lambda number, _sentence: heard.append(("undone", number)))
    with shop.database.writing():
        of_issues.act("resolve", [2])
        undo.undo()
        of_issues.act("resolve", [3])
        qtbot.wait(50)
        assert heard == []
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == [("done", 2), ("undone", 2), ("done", 3)]
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
