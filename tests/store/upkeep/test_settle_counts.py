"""Settling: in whatever order with batches, corrections, removals and crashes, counters are exact."""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import Struct
from sqlalchemy import Connection, true

from app.store.database import open_for_engine
from app.store.inbox.counts import rates, recent_counts, tallies
from app.store.inbox.counts.rates import HOUR, Rate
from app.store.inbox.counts.tallies import CountedEvent, Tally
from app.store.inbox.events import removal
from app.store.inbox.lists import issues
from app.store.inbox.triage import releases
from app.store.upkeep import candidates, settle_counts
from app.store.upkeep.settle_counts import CountSettler
from tests.factories import NOON, Store, make_event

WORTH = 4
EXAMPLES = 10


@pytest.fixture(autouse=True)
def _small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle_counts, "WORTH_SETTLING", WORTH)
    monkeypatch.setattr(settle_counts, "ROWS_AT_ONCE", 2)


class Crash(BaseException):
    """The process is gone."""


def die(*_arguments: object) -> None:
    raise Crash


def rows(store: Store) -> int:
    with store.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM recent_counts").scalar_one())


def settled(store: Store) -> dict[int, int]:
    """How many events of which issue are in the counter tables."""
    with store.database.reading() as connection:
        counted = connection.exec_driver_sql("SELECT issue_id, sum(count) FROM issue_hours GROUP BY issue_id")
        return {issue: count for issue, count in counted}  # noqa: C416 - rows are no pairs to the type checker


def file_of(store: Store, *functions: str) -> None:
    """File one batch, an event in each of these functions."""
    store.file(*(make_event(function=function, tags={"region": "eu"}) for function in functions))


def test_nothing_is_done_before_it_is_worth_it(store: Store) -> None:
    settler = CountSettler(store.database)
    assert not settler.step()
    for _ in range(WORTH):
        file_of(store, "a")
        assert not settler.step()
    file_of(store, "a")
    assert settler.step()


def test_a_pass_settles_all_rows_that_were_there_when_it_began(store: Store) -> None:
    settler = CountSettler(store.database)
    for _ in range(3):
        file_of(store, "a", "b")
    counted = [store.read(tallies.read, issue) for issue in (1, 2)]
    steps = []
    while settler.step():
        steps.append(settled(store))
        assert [store.read(tallies.read, issue) for issue in (1, 2)] == counted
    # It begins, settles one issue and the other, ends, and removes what is settled.
    assert steps == [{}, {1: 3}, {1: 3, 2: 3}, {1: 3, 2: 3}, {1: 3, 2: 3}]
    assert rows(store) == 0


def test_it_has_work_as_long_as_a_step_does_something(store: Store) -> None:
    settler = CountSettler(store.database)
    for _ in range(3):
        file_of(store, "a", "b")
    expected, found = list[bool](), list[bool]()
    while True:
        with store.database.reading() as connection:
            found.append(settler.has_work(connection))
        expected.append(settler.step())
        if not expected[-1]:
            break
    assert found == expected
    assert any(found)


def test_another_settler_goes_on_where_the_first_one_ended(store: Store) -> None:
    for _ in range(3):
        file_of(store, "a", "b")
    first, second = (CountSettler(store.database) for _ in range(2))
    assert (first.step(), first.step()) == (True, True)
    assert settled(store) == {1: 3}
    while second.step():
        pass
    # What the first one had planned is done already.
    assert not first.step()
    assert settled(store) == {1: 3, 2: 3}


class CountedIssue(Struct):
    """What must be counted of an issue, and its events that still count for it."""

    tally: Tally
    events: list[CountedEvent]

    def take(self, event: CountedEvent) -> None:
        one = tallies.tally([event])
        self.tally.count += 1
        self.tally.tags += one.tags
        self.tally.hours += one.hours
        self.tally.users |= one.users
        self.events.append(event)


USERS = (None, "ada", "bob", "c\0d")
RELEASES = ("1.0", "2.0")
# Function, region, user and release of an event.
EVENTS = st.tuples(
    st.sampled_from("abcdef"),
    st.sampled_from(("eu", "us")),
    st.sampled_from(USERS),
    st.sampled_from(RELEASES),
)


class Counters(RuleBasedStateMachine):
    """The digest, its settler, retention and a person who corrects, all on one store."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="arecibo-counters-"))
        shutil.copy(self.empty, self.folder)
        self.store = Store(open_for_engine(self.folder).database)
        self.settler = CountSettler(self.store.database)
        self.hour = NOON // HOUR
        self.number = 0
        self.model: dict[int, CountedIssue] = {}

    def teardown(self) -> None:
        self.store.database.close()
        shutil.rmtree(self.folder)

    @rule(batch=st.lists(EVENTS, min_size=1, max_size=6))
    def arrives(self, batch: Sequence[tuple[str, str, str | None, str]]) -> None:
        made = [
            make_event(
                function=function,
                tags={"region": region},
                release=release,
                user={} if user is None else {"id": user},
            )
            for function, region, user, release in batch
        ]
        filed = self.store.file(*made, at=self.hour * HOUR).filed
        for (_function, region, user, release), each in zip(batch, filed, strict=True):
            self.number += 1
            tags = (("region", region), ("release", release), *((("user", user),) if user else ()))
            event = CountedEvent(
                number=self.number,
                at=self.hour * HOUR,
                hour=self.hour,
                tags=tags,
                user=user,
                title="",
                type=None,
                value=None,
                culprit=None,
                level="error",
            )
            counted = self.model.setdefault(each.issue_id, CountedIssue(tallies.empty(), []))
            counted.take(event)

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours: int) -> None:
        self.hour += hours

    @rule(steps=st.integers(1, 6))
    def settles(self, steps: int) -> None:
        for _ in range(steps):
            self.settler.step()

    @rule()
    def dies_while_it_settles(self) -> None:
        # All is written, and not yet committed.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settle_counts, "_move", die)
            try:
                self.settler.step()
            except Crash:
                self.restarts()

    @rule()
    def fails_while_it_settles(self) -> None:
        """The same, in a process that goes on."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settle_counts, "_move", die)
            with suppress(Crash):
                self.settler.step()

    @rule()
    def restarts(self) -> None:
        self.settler = CountSettler(self.store.database)

    @precondition(lambda self: len(self.model) > 1)
    @rule(data=st.data())
    def is_folded_into_another(self, data: st.DataObject) -> None:
        issue, into = (data.draw(st.sampled_from(sorted(self.model))) for _ in range(2))
        if issue == into:
            return
        folded, users = self.store.read(tallies.read, issue), self.store.read(tallies.users, into)
        self.store.write(tallies.add, into, folded)
        assert self.store.read(tallies.read, into).count == sum(
            self.model[each].tally.count for each in (issue, into)
        )
        if data.draw(st.booleans()):
            self.store.write(tallies.take_off, into, folded, users)
            return
        target = self.model[into].tally
        target.tags.update(folded.tags)
        target.hours.update(folded.hours)
        target.count += folded.count
        target.users |= folded.users

    @precondition(lambda self: any(each.events for each in self.model.values()))
    @rule(data=st.data())
    def an_event_moves(self, data: st.DataObject) -> None:
        home = data.draw(st.sampled_from([issue for issue in self.model if self.model[issue].events]))
        target = data.draw(st.sampled_from(sorted(self.model)))
        if home == target:
            return
        event = self.model[home].events.pop()
        self.store.write(tallies.shift, event, home, target)
        self.model[home].tally.count -= 1
        self.model[home].tally.tags.subtract(event.tags)
        self.model[home].tally.hours[event.hour] -= 1
        self.model[target].take(event)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def is_removed(self, data: st.DataObject) -> None:
        issue = data.draw(st.sampled_from(sorted(self.model)))
        with self.store.database.reading() as connection:
            found = candidates.oldest_issues(connection, true(), candidates.FIRST_PLACE, 100)
        if found is not None and issue in found.going:
            self.store.write(removal.remove_issues, [issue])
            del self.model[issue]

    @invariant()
    def counters_are_those_of_the_events_one_by_one(self) -> None:
        with self.store.database.reading() as connection:
            for issue, counted in self.model.items():
                assert_counted(connection, issue, counted.tally)
            self.assert_parts_agree(connection)

    def assert_parts_agree(self, connection: Connection) -> None:
        """What reads only some of the counters, of all issues at once."""
        past = range(self.hour - rates.WEEK_HOURS, self.hour)
        usual = rates.before(connection, list(self.model), self.hour)
        now = rates.in_hours(connection, list(self.model), [self.hour])
        named = releases.of_issues(connection, list(self.model))
        pairs = {(issue, user) for issue in self.model for user in USERS if user}
        known = tallies.known_users(connection, pairs)
        for issue, counted in self.model.items():
            tally = counted.tally
            counts = [count for hour, count in tally.hours.items() if hour in past and count]
            rate = Rate(len(counts), sum(counts), sum(count**2 for count in counts))
            assert usual.get(issue, Rate()) == rate
            assert now.get((issue, self.hour), 0) == tally.hours[self.hour]
            assert named.get(issue, set()) == {each for each in RELEASES if tally.tags["release", each]}
            assert {user for each, user in known if each == issue} == tally.users


def assert_counted(connection: Connection, issue: int, tally: Tally) -> None:
    """Whether these are the issue's counters, without the zeros that subtracting leaves."""
    found = tallies.read(connection, issue)
    assert (found.count, found.users) == (tally.count, tally.users)
    assert (found.tags, found.hours) == (+tally.tags, +tally.hours)
    row = issues.get(connection, issue)
    assert row is not None
    assert (row.count, row.users) == (tally.count, len(tally.users))


def test_any_order_is_exact(empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle_counts, "REMOVED_AT_ONCE", 2)
    monkeypatch.setattr(recent_counts, "LONGEST_CHAIN", 4)
    monkeypatch.setattr(recent_counts, "STAGGER", 2)
    Counters.empty = empty_store
    case = Counters.TestCase
    case.settings = settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None)
    case("runTest").runTest()
