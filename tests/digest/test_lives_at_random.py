"""Any order of arrivals, acts, undos, crashes, repeats and ending mutes: counts and timelines are exact.

A model of one issue, an event at a time, says what must be in the store; the store is fed in batches, some of
which die on the way to be digested again, and some of whose reports come twice.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.digest import unmuting
from app.digest.pipeline import Digest
from app.model import IssueState, MuteRule
from app.settings import Settings
from app.store import actions, history, inbox, issues
from app.store.database import Database, open_for_engine
from tests.factories import NOON, SECOND, append, envelope, make_report

MINUTE = 60 * SECOND
OPEN, REGRESSED, RESOLVED, MUTED = (IssueState(name) for name in ("open", "regressed", "resolved", "muted"))
ORDER = ("1.0", "1.1", "2.0")


class Crash(BaseException):
    """The process is gone."""


def die(*_arguments: object) -> None:
    raise Crash


class Model:
    """One issue, as told in the requirements, without any cleverness."""

    def __init__(self) -> None:
        self.state, self.count = OPEN, 0
        self.more: int | None = None
        self.until: int | None = None
        self.resolved_in: str | None = None
        self.lines: list[str] = []

    def as_it_is(self) -> tuple[Any, ...]:
        return self.state, self.more, self.until, self.resolved_in

    def put(self, state: IssueState, **ends: Any) -> None:
        self.state = state
        self.more, self.until = ends.get("more"), ends.get("until")
        self.resolved_in = ends.get("resolved_in")

    def arrive(self, at: int, release: str) -> None:
        self.count += 1
        if self.count == 1:
            self.lines.append("new")
        if self.state is RESOLVED and (
            self.resolved_in is None or ORDER.index(release) >= ORDER.index(self.resolved_in)
        ):
            self.put(REGRESSED)
            self.lines.append("regressed")
        elif self.state is MUTED:
            if self.more is not None:
                self.more -= 1
            if (self.until is not None and at >= self.until) or self.more == 0:
                self.put(OPEN)
                self.lines.append("unmuted")
        if self.count in (10, 100):
            self.lines.append("count")

    def end_mute(self, now: int) -> None:
        if self.state is MUTED and self.until is not None and now >= self.until:
            self.put(OPEN)
            self.lines.append("unmuted")


class Lives(RuleBasedStateMachine):
    """The digest, the unmuting job and a person, all on one store."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="arecibo-lives-"))
        shutil.copy(self.empty, self.folder)
        self.database: Database = open_for_engine(self.folder).database
        self.now = NOON
        self.number = 0
        self.model = Model()
        self.undos: list[tuple[actions.Undo, tuple[Any, ...], int]] = []
        self.last_event = ""

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)

    def send(self, release: str, event_id: str | None = None) -> None:
        self.number += 1
        name = event_id or f"{self.number:032x}"
        report = make_report(self.number, event_id=name, body=envelope(name, release=release), at=self.now)
        append(self.database, report)
        self.last_event = name

    def digest(self, *, dies: bool = False) -> None:
        digest = Digest(self.database, Settings(data_dir=self.folder), clock=self.clock)
        if not dies:
            digest.run()
            return
        # All is written, and not yet committed.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inbox, "advance", die)
            with pytest.raises(Crash):
                digest.run()
        self.database.close()
        self.database = open_for_engine(self.folder).database

    def clock(self) -> int:
        return self.now

    @initialize(release=st.sampled_from(ORDER))
    def begins(self, release: str) -> None:
        self.arrives([release], dies=False)

    @rule(came=st.lists(st.sampled_from(ORDER), min_size=1, max_size=7), dies=st.booleans())
    def arrives(self, came: list[str], dies: bool) -> None:
        for release in came:
            self.send(release)
            self.model.arrive(self.now, release)
        if dies:
            self.digest(dies=True)
        self.digest()

    @rule()
    def comes_twice(self) -> None:
        self.send("2.0", self.last_event)
        self.digest()

    @rule(minutes=st.integers(1, 30))
    def time_passes(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @rule(times=st.integers(1, 2))
    def mutes_end(self, times: int) -> None:
        self.model.end_mute(self.now)
        for _ in range(times):
            unmuting.unmute_due(self.database, self.now)

    def acts(self, line: str, act: Any, state: IssueState, **ends: Any) -> None:
        before, told = self.model.as_it_is(), len(self.model.lines)
        self.model.put(state, **ends)
        with self.database.writing() as connection:
            done = act(connection)
        if self.model.as_it_is() != before:
            self.model.lines.append(line)
            self.undos.append((done, before, told))

    @rule(release=st.none() | st.sampled_from(ORDER))
    def resolves(self, release: str | None) -> None:
        if release is None and self.model.state is RESOLVED:
            ends = self.model.resolved_in
        else:
            ends = release or self.newest()
        self.acts(
            "resolved",
            lambda connection: actions.resolve(connection, [1], self.now, release=release),
            RESOLVED,
            resolved_in=ends,
        )

    def newest(self) -> str:
        with self.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT name FROM releases")
            return max((str(row.name) for row in rows), key=ORDER.index)

    @rule(more=st.none() | st.integers(1, 12), minutes=st.none() | st.integers(1, 60))
    def mutes(self, more: int | None, minutes: int | None) -> None:
        until = None if minutes is None else self.now + minutes * MINUTE
        ends = None if more is None else MuteRule(more=more)
        self.acts(
            "muted",
            lambda connection: actions.mute(connection, [1], self.now, rule=ends, until=until),
            MUTED,
            more=more,
            until=until,
        )

    @precondition(lambda self: self.model.state in (RESOLVED, MUTED))
    @rule()
    def reopens(self) -> None:
        self.acts("reopened", lambda connection: actions.reopen(connection, [1], self.now), OPEN)

    @rule()
    def notes(self) -> None:
        with self.database.writing() as connection:
            actions.note(connection, 1, "Look here", self.now)
        self.model.lines.append("note")

    @precondition(lambda self: self.undos)
    @rule()
    def undoes(self) -> None:
        done, before, told = self.undos.pop()
        with self.database.writing() as connection:
            actions.undo(connection, done, self.now)
        state, more, until, resolved_in = before
        self.model.put(state, more=more, until=until, resolved_in=resolved_in)
        if set(self.model.lines[told + 1 :]) <= {"note"}:
            del self.model.lines[told]
        else:
            self.model.lines.append("undone")

    @invariant()
    def the_store_says_what_the_model_says(self) -> None:
        with self.database.reading() as connection:
            found = issues.get(connection, 1)
            lines = [line.kind for line in reversed(history.timeline(connection, 1))]
        if found is None:
            assert self.model.count == 0
            return
        until = None if self.model.until is None else self.model.until
        assert (found.state, found.count, found.resolved_in) == (
            self.model.state,
            self.model.count,
            self.model.resolved_in,
        )
        assert (found.mute_rule and found.mute_rule.more) == self.model.more
        assert (found.muted_until is None) is (until is None)
        assert lines == self.model.lines


def test_lives_at_random(empty_store: Path) -> None:
    Lives.empty = empty_store
    case = Lives.TestCase
    case.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
    case("runTest").runTest()
