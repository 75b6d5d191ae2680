"""The feed against a real store: after any history, the list equals the result of a plain query."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, SignalInstance
from pytestqt.qtbot import QtBot

from app.model import Issue, IssueState, Level
from app.sorting import Sort, position_of
from app.store.grouping import corrections, event_moves
from app.store.inbox.events import removal
from app.store.inbox.lists import issues
from app.store.inbox.search import matches
from app.store.inbox.triage import actions
from tests.factories import NOON, SECOND, Store, make_event, set_state
from tests.ui.outcomes import never
from ui.issues import feed as feed_module
from ui.issues import listing
from ui.issues.feed import IssueFeed
from ui.issues.listing import Number
from ui.issues.model import IssueListModel
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.places import Place


class Reader:
    """A feed with its model, and the resets the model went through."""

    def __init__(self, access: StoreAccess, model: IssueListModel, qtbot: QtBot) -> None:
        self.model = model
        self.feed = IssueFeed(access, model)
        self.resets = 0
        model.modelReset.connect(self._count)
        self._qtbot = qtbot

    def _count(self) -> None:
        self.resets += 1

    def show(self, place: Place, text: str = "") -> None:
        with self._qtbot.waitSignal(self.feed.settled):
            self.feed.show(place, text)

    def poll(self) -> None:
        with self._qtbot.waitSignal(self.feed.settled):
            self.feed.ring()

    def rows(self) -> list[Issue]:
        return [self.model.issue(row) for row in range(self.model.rowCount())]


@pytest.fixture
def reader(
    access: StoreAccess, checked: Callable[[QAbstractItemModel], QAbstractItemModel], qtbot: QtBot
) -> Iterator[Reader]:
    model = IssueListModel()
    checked(model)
    made = Reader(access, model, qtbot)
    yield made
    made.feed.stop()


@pytest.fixture
def patient(access: StoreAccess, qtbot: QtBot) -> Iterator[Reader]:
    """A reader that fetches only on request: Qt's tester fetches everything."""
    made = Reader(access, IssueListModel(), qtbot)
    yield made
    made.feed.stop()


def expected(store: Store, place: Place, text: str = "", limit: int = 100_000) -> list[Issue]:
    return store.read(issues.page, place.filter(text), limit=limit)


def file_many(store: Store, number: int) -> None:
    """So many issues, the first one the oldest."""
    store.file(*(make_event(function=f"f{n}", fingerprint=(f"{n}",), at=NOON + n) for n in range(number)))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place("unread"), ""),
        (Place("resolved"), ""),
        (Place("everything"), ""),
        (Place("inbox", "shop"), ""),
        (Place("everything"), "is:unread"),
    ],
)
@pytest.mark.parametrize("seed", range(2))
def test_after_any_history_the_list_equals_a_query(
    place: Place, text: str, seed: int, reader: Reader, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 7)
    chance = random.Random(seed)
    moments = iter(range(NOON, NOON + 10_000 * SECOND, SECOND))

    def file() -> None:
        names = [f"{chance.randrange(30)}" for _ in range(chance.randrange(1, 6))]
        project = chance.choice(["shop", "blog"])
        events = (make_event(fingerprint=(name,), project=project) for name in names)
        store.file(*events, project=project, at=next(moments))

    def act() -> None:
        found = expected(store, Place("everything"))
        chosen = [issue.id for issue in chance.sample(found, min(3, len(found)))]
        if chance.random() < 0.5:
            store.write(set_state, chosen, chance.choice(list(IssueState)))
        else:
            store.write(actions.set_unread, chosen, chance.random() < 0.5)

    def remove() -> None:
        found = expected(store, Place("everything"))
        newest = max(issue.id for issue in found)
        chosen = [issue.id for issue in chance.sample(found, min(2, len(found))) if issue.id != newest]
        store.write(removal.remove_issues, chosen)

    file()
    reader.show(place, text)
    for _ in range(25):
        chance.choice([file, act, remove])()
        if chance.random() < 0.3:
            reader.model.fetchMore()
        if chance.random() < 0.7:
            reader.poll()
            shown = reader.rows()
            assert shown == expected(store, place, text, limit=len(shown))
    reader.poll()
    while reader.model.canFetchMore():
        with_more = reader.model.rowCount()
        reader.model.fetchMore()
        reader.poll()
        assert reader.model.rowCount() >= with_more
    assert reader.rows() == expected(store, place, text)
    assert reader.resets == 1


@pytest.mark.parametrize("sort", [Sort.LAST_SEEN, Sort.COUNT, Sort.LEVEL])
@pytest.mark.parametrize("text", ["", "card"])
def test_whatever_is_held_back_meanwhile_the_list_ends_as_a_query(
    sort: Sort, text: str, reader: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 7)
    chance = random.Random(1)
    place, held = Place("everything"), True
    reader.feed.hold(lambda: held)
    file_many(store, 20)
    with qtbot.waitSignal(reader.feed.settled):
        reader.feed.show(place, text, sort)
    for n in range(1, 25):
        level = chance.choice(list(Level))
        store.file(make_event(fingerprint=(f"{chance.randrange(40)}",), level=level), at=NOON + n * SECOND)
        listed = [issue.id for issue in expected(store, place)]
        store.write(actions.set_unread, chance.sample(listed, 3), chance.random() < 0.5)
        held = chance.random() < 0.8
        before = [issue.id for issue in reader.rows()]
        reader.poll()
        now = [issue.id for issue in reader.rows()]
        assert not held or [number for number in now if number in before] == before
        if chance.random() < 0.2:
            reader.model.fetchMore()
            reader.poll()
    held = False
    reader.poll()
    while reader.model.canFetchMore():
        reader.model.fetchMore()
        reader.poll()
    every = sorted(expected(store, place, text), key=lambda each: position_of(each, sort), reverse=True)
    assert reader.rows() == every


def test_pages_come_one_after_the_other(
    patient: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 10)
    file_many(store, 25)
    patient.show(Place())
    assert patient.model.rowCount() == 10
    with qtbot.waitSignal(patient.feed.settled):
        patient.model.fetchMore()
    assert patient.model.rowCount() == 20
    assert patient.model.canFetchMore()
    with qtbot.waitSignal(patient.feed.settled):
        patient.model.fetchMore()
    assert patient.rows() == expected(store, Place())
    assert not patient.model.canFetchMore()


@pytest.mark.parametrize("place", [Place("everything"), Place("unread")])
@pytest.mark.parametrize("seed", range(2))
def test_no_change_brings_a_row_from_beyond_the_horizon(
    place: Place, seed: int, patient: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 6)
    chance = random.Random(seed)
    file_many(store, 30)
    patient.show(place)
    for _ in range(12):
        beyond = [issue.id for issue in expected(store, place)[patient.model.rowCount() :]]
        assert beyond, "there is something that was not asked for yet"
        # Changed issues stay in their order: they belong below all that is shown.
        store.write(actions.set_unread, [chance.choice(beyond)], True)
        rows = patient.model.rowCount()
        patient.poll()
        assert patient.model.rowCount() == rows
        if chance.random() < 0.2:
            with qtbot.waitSignal(patient.feed.settled):
                patient.model.fetchMore()
        # New issues come above.
        store.file(
            make_event(function=f"f{chance.randrange(40)}"), at=NOON + chance.randrange(1, 10**6) * SECOND
        )
        patient.poll()
        assert patient.rows() == expected(store, place, limit=patient.model.rowCount())


def test_the_end_is_reached_without_what_is_before_it(
    patient: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 6)
    file_many(store, 25)
    patient.show(Place())
    with qtbot.waitSignal(patient.feed.jumped) as jumped:
        patient.feed.go_to_end()
    assert jumped.args == [True]
    assert patient.rows() == expected(store, Place())[-6:]
    assert not patient.model.canFetchMore()
    assert not patient.model.is_from_top
    with qtbot.waitSignal(patient.feed.settled):
        patient.model.earlier_requested.emit()
    assert patient.rows() == expected(store, Place())[-12:]
    with qtbot.waitSignal(patient.feed.jumped) as jumped:
        patient.feed.show_arrivals()
    assert jumped.args == [False]
    assert patient.rows() == expected(store, Place())[:6]
    assert patient.model.is_from_top


def test_a_walk_holds_a_bounded_stretch_of_the_list(
    patient: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 6)
    monkeypatch.setattr(feed_module, "MOST_ROWS", 10)
    file_many(store, 40)
    every = expected(store, Place())
    held = [0, 0]
    patient.feed.hold_rows(lambda: (held[0], held[1]))
    patient.show(Place())

    def walk(request: SignalInstance) -> None:
        with qtbot.waitSignal(patient.feed.settled):
            request.emit()
        shown = patient.rows()
        first = every.index(shown[0])
        assert shown == every[first : first + len(shown)]
        # A full page does not know that it is the last.
        assert not patient.model.is_from_top or first == 0
        assert patient.model.canFetchMore() or first + len(shown) == len(every)

    while patient.model.canFetchMore():
        held = [patient.model.rowCount() - 2, patient.model.rowCount() - 1]
        walk(patient.model.more_requested)
        assert len(patient.rows()) <= 12
    while not patient.model.is_from_top:
        held = [0, 1]
        walk(patient.model.earlier_requested)
        assert len(patient.rows()) <= 10


def test_rows_that_are_seen_or_selected_stay(
    patient: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 6)
    monkeypatch.setattr(feed_module, "MOST_ROWS", 6)
    file_many(store, 20)
    patient.feed.hold_rows(lambda: (2, 5))
    patient.show(Place())
    with qtbot.waitSignal(patient.feed.settled):
        patient.model.more_requested.emit()
    assert patient.rows() == expected(store, Place())[2:12]


@pytest.mark.parametrize("is_looking", [False, True])
@pytest.mark.parametrize("text", ["", "card", "environment:production"])
@pytest.mark.parametrize("seed", range(2))
def test_from_the_end_the_list_equals_that_part_of_a_query(
    text: str,
    seed: int,
    is_looking: bool,
    patient: Reader,
    store: Store,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 6)
    if is_looking:
        # One event after the other, which takes longer than this test.
        monkeypatch.setattr(matches, "FIRST_WIDTH", 1)
        monkeypatch.setattr(listing, "FIRST_SECONDS", 0.0)
        monkeypatch.setattr(listing, "STEP", 1)
        monkeypatch.setattr(listing, "LAST_STEP", 2)
        monkeypatch.setattr(feed_module, "SCREENFUL", 4)
    chance = random.Random(seed)
    place = Place("everything")
    for n in range(40):
        store.file(make_event(function=f"f{n}", environment=("production", "test")[n % 2]), at=NOON + n)
    patient.show(place, text)
    with qtbot.waitSignal(patient.feed.jumped):
        patient.feed.go_to_end()
    for n in range(15):
        names = [f"f{chance.randrange(60)}" for _ in range(3)]
        store.file(
            *(make_event(function=name, environment=chance.choice(["production", "test"])) for name in names),
            at=NOON + (n + 1) * SECOND,
        )
        listed = [issue.id for issue in expected(store, place)]
        store.write(actions.set_unread, chance.sample(listed, 3), chance.random() < 0.5)
        patient.poll()
        if chance.random() < 0.3:
            patient.model.earlier_requested.emit()
            patient.poll()
        shown, every = patient.rows(), expected(store, place, text)
        first = every.index(shown[0])
        assert shown == every[first:]
        assert patient.model.is_from_top == (first == 0)


def test_a_hundred_rings_during_a_query_cause_one_more_query(
    reader: Reader, store: Store, access: StoreAccess, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.show(Place())
    asked = 0
    read = access.read

    def counted(*given: Any) -> Ticket:
        nonlocal asked
        asked += 1
        return read(*given)

    monkeypatch.setattr(access, "read", counted)
    with qtbot.waitSignal(reader.feed.settled):
        for _ in range(100):
            reader.feed.ring()
    assert asked == 2


def test_many_changes_are_read_in_several_queries(reader: Reader, store: Store, qtbot: QtBot) -> None:
    reader.show(Place())
    for batch in range(12):
        store.file(*(make_event(fingerprint=(f"{batch}-{n}",)) for n in range(60)))
    reader.poll()
    assert reader.model.rowCount() == 720
    assert reader.rows() == expected(store, Place())


def test_large_changes_are_taken_in_slices(
    reader: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "SLICE_SECONDS", 0.0)
    file_many(store, 50)
    reader.show(Place())
    every_other = [issue.id for issue in reader.rows()[::2]]
    store.write(set_state, every_other, IssueState.RESOLVED)
    counts: set[int] = set()
    reader.model.rowsRemoved.connect(lambda: counts.add(reader.model.rowCount()))
    reader.poll()
    assert counts == set(range(25, 50))
    assert reader.rows() == expected(store, Place())


def test_another_list_may_be_shown_in_the_middle_of_a_slice(
    reader: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "SLICE_SECONDS", 0.0)
    file_many(store, 20)
    reader.show(Place())
    store.write(set_state, [issue.id for issue in reader.rows()[::2]], IssueState.MUTED)
    with qtbot.waitSignal(reader.model.rowsRemoved):
        reader.feed.ring()
    reader.show(Place("muted"))
    assert reader.rows() == expected(store, Place("muted"))
    assert len(reader.rows()) == 10


def test_the_rows_stay_until_those_of_the_next_place_are_there(
    reader: Reader, store: Store, qtbot: QtBot
) -> None:
    file_many(store, 4)
    reader.show(Place())
    reader.feed.show(Place("resolved"))
    assert reader.model.rowCount() == 4
    qtbot.waitUntil(lambda: reader.model.rowCount() == 0)


def test_the_issue_being_read_stays_in_the_unread_list_until_it_is_left(
    reader: Reader, store: Store, qtbot: QtBot
) -> None:
    file_many(store, 3)
    reader.show(Place("unread"))
    first, second, _third = reader.rows()
    reader.feed.hold_unread(first.id)
    store.write(actions.set_unread, [first.id], False)
    reader.poll()
    still_listed = reader.rows()[0]
    assert (still_listed.id, still_listed.unread) == (first.id, False)
    with qtbot.waitSignal(reader.feed.settled):
        reader.feed.hold_unread(second.id)
    assert reader.rows() == expected(store, Place("unread"))


def test_a_resolved_issue_leaves_the_unread_list_even_while_it_is_read(reader: Reader, store: Store) -> None:
    file_many(store, 2)
    reader.show(Place("unread"))
    first = reader.rows()[0]
    reader.feed.hold_unread(first.id)
    store.write(set_state, [first.id], IssueState.RESOLVED)
    reader.poll()
    assert first.id not in [issue.id for issue in reader.rows()]


def test_changes_of_issues_outside_the_list_are_emitted(reader: Reader, store: Store, qtbot: QtBot) -> None:
    file_many(store, 3)
    reader.show(Place("resolved"))
    inbox = expected(store, Place())
    store.write(actions.set_unread, [inbox[0].id], False)
    with qtbot.waitSignal(reader.feed.changed) as changed:
        reader.feed.ring()
    assert changed.args == [frozenset({inbox[0].id})]


def test_a_search_narrows_the_place(reader: Reader, store: Store) -> None:
    store.file(make_event("KeyError"), make_event("TypeError", function="other"))
    reader.show(Place(), "type:TypeError")
    assert [issue.type for issue in reader.rows()] == ["TypeError"]
    store.file(make_event("KeyError", function="third"), make_event("TypeError", function="fourth"))
    reader.poll()
    assert [issue.type for issue in reader.rows()] == ["TypeError", "TypeError"]


@pytest.mark.parametrize("text", ["zebra", "li", "type:KeyError zebra"])
@pytest.mark.parametrize("seed", range(2))
def test_a_search_that_goes_on_ends_with_what_a_query_finds(
    text: str, seed: int, reader: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "FIRST_WIDTH", 2)
    monkeypatch.setattr(listing, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(listing, "STEP", 1)
    monkeypatch.setattr(feed_module, "SCREENFUL", 2)
    chance = random.Random(seed)

    def file(at: int) -> None:
        value = chance.choice(["zebra", "lion"])
        store.file(make_event(value=value, function=f"f{chance.randrange(30)}"), at=at)

    for n in range(40):
        file(NOON + n * SECOND)
    reader.show(Place(), text)
    for n in range(40, 50):
        file(NOON + n * SECOND)
        reader.poll()
    qtbot.waitUntil(lambda: reader.feed.number is not None and reader.feed.number.is_final)
    reader.poll()
    assert reader.rows() == expected(store, Place(), text)
    assert reader.feed.number == Number(len(reader.rows()), is_final=True)
    assert reader.resets == 1


def test_a_finished_merge_is_searched_anew_and_nothing_is_reset(
    reader: Reader, store: Store, qtbot: QtBot
) -> None:
    store.file(make_event(value="zebra", function="one"), make_event(value="lion", function="two"))
    reader.show(Place(), "lion")
    (found,) = reader.rows()
    number = store.write(corrections.add, "merge", "a merge", NOON)
    store.write(event_moves.move, 2, 1)
    store.write(corrections.change, number, state=corrections.State.DONE, done=1)
    reader.poll()
    (merged,) = reader.rows()
    assert (found.id, merged.id) == (2, 1)
    assert reader.resets == 1


def test_an_error_is_reported_and_the_next_ring_tries_again(
    reader: Reader, store: Store, access: StoreAccess, qtbot: QtBot
) -> None:
    file_many(store, 2)
    folder = store.database.file.parent
    store.database.file.rename(folder / "elsewhere")
    with qtbot.waitSignal(access.troubled):
        reader.feed.show(Place())
    (folder / "elsewhere").rename(store.database.file)
    reader.poll()
    assert reader.rows() == expected(store, Place())


def test_it_reloads_when_more_removals_happened_than_are_stored(
    reader: Reader, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "REMEMBERED", 1)
    file_many(store, 4)
    reader.show(Place())
    for issue in (1, 2):
        store.write(removal.remove_issues, [issue])
    reader.poll()
    assert reader.rows() == expected(store, Place())
    assert len(reader.rows()) == 2


def test_while_very_many_change_the_list_is_read_anew_and_seldom(
    reader: Reader, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "MOST_CHANGES", 3)
    file_many(store, 10)
    reader.show(Place("inbox"))
    reader.feed.expect_mass_change(True)
    store.write(set_state, [1, 2, 3, 4, 5], IssueState.RESOLVED)
    reader.feed.ring()
    assert reader.model.rowCount() == 10
    reader.feed.hold_unread(9)
    with qtbot.waitSignal(reader.feed.changed) as changed, qtbot.waitSignal(reader.feed.settled):
        reader.feed.ring()
    assert changed.args is not None
    assert {1, 9} <= changed.args[0]
    assert reader.rows() == expected(store, Place("inbox"))
    reader.feed.expect_mass_change(False)
    store.write(set_state, [1, 2, 3, 4, 5], IssueState.OPEN)
    reader.poll()
    assert reader.rows() == expected(store, Place("inbox"))
    store.write(set_state, [7], IssueState.RESOLVED)
    reader.poll()
    assert reader.rows() == expected(store, Place("inbox"))
    assert reader.resets == 1


def test_a_stopped_feed_sends_no_query(
    patient: Reader, store: Store, access: StoreAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_many(store, 2)
    patient.show(Place())
    patient.feed.stop()
    monkeypatch.setattr(access, "read", never)
    patient.feed.ring()
    patient.feed.go_to_end()
    patient.feed.show(Place("resolved"))
    assert patient.model.rowCount() == 2


def test_the_answer_of_a_query_is_dropped_after_stop(
    patient: Reader, store: Store, access: StoreAccess, qtbot: QtBot
) -> None:
    file_many(store, 2)
    patient.feed.show(Place())
    patient.feed.stop()
    arrived: list[object] = []
    access.read(lambda _connection: None, arrived.append)
    access.read(lambda _connection: None, arrived.append)
    qtbot.waitUntil(lambda: len(arrived) == 2)
    assert patient.model.rowCount() == 0


def test_a_list_that_is_left_before_it_is_loaded_never_appears(
    reader: Reader, store: Store, qtbot: QtBot
) -> None:
    file_many(store, 3)
    store.write(set_state, [1], IssueState.RESOLVED)
    reader.feed.show(Place())
    reader.feed.ring()
    reader.show(Place("resolved"))
    assert reader.rows() == expected(store, Place("resolved"))
    assert reader.resets == 1
