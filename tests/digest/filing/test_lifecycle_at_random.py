"""Any order of arrivals, acts, undos, crashes, repeats and ending mutes: counts and timelines are exact.

A model of one issue, an event at a time, says what must be in the store; the store is fed in batches, some of
which die on the way to be digested again, and some of whose reports come twice.
"""

import shutil
import statistics
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.digest.filing import unmute
from app.digest.pipeline import Digest
from app.fix_check import answers
from app.model import IssueState, MuteRule
from app.settings import Settings
from app.store.database import Database, open_for_engine
from app.store.inbox.issues.fixes import Content, Fix
from app.store.inbox.lists import issues
from app.store.inbox.triage import actions, history
from app.store.queue import report_queue
from tests.factories import NOON, SECOND, append, envelope, make_report

MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
OPEN, REGRESSED, RESOLVED, MUTED = (IssueState(name) for name in ("open", "regressed", "resolved", "muted"))
ORDER = ("1.0", "1.1", "2.0")
# Whether a release has a commit in it, as git would say; of the rest git knows nothing.
HISTORY = {
    ("first", "1.0"): False,
    ("first", "1.1"): True,
    ("first", "2.0"): True,
    ("picked", "1.0"): True,
    ("picked", "2.0"): False,
}
ENDS = st.none() | st.one_of(
    st.builds(MuteRule, more=st.integers(1, 12)),
    st.builds(MuteRule, per_hour=st.integers(1, 12)),
    st.just(MuteRule(escalating=True)),
)


def answer(commit: str, release: str) -> Content:
    known = HISTORY.get((commit, release))
    return Content.UNKNOWN if known is None else Content.HAS if known else Content.LACKS


class Crash(BaseException):
    """The process is gone."""


def die(*_arguments: object) -> None:
    raise Crash


class Model:
    """One issue, as told in the requirements, without any cleverness."""

    def __init__(self) -> None:
        self.state, self.count = OPEN, 0
        self.ends: dict[str, Any] = {}
        # Of the mute: the events that came since, by the minute. Of the issue: all events, by the hour.
        self.minutes: list[int] = []
        self.hours = Counter[int]()
        self.escalated_at: int | None = None
        self.lines: list[str] = []
        # What git was asked about, and the releases that it has yet to be asked about.
        self.asked: set[tuple[str, str]] = set()
        self.doubts: list[str] = []

    def as_it_is(self) -> tuple[Any, ...]:
        return self.state, dict(self.ends), list(self.minutes)

    def put(self, state: IssueState, ends: dict[str, Any] | None = None, minutes: Sequence[int] = ()) -> None:
        self.state, self.ends, self.minutes = state, dict(ends or {}), list(minutes)

    @property
    def resolved_in(self) -> str | None:
        return self.ends.get("resolved_in")

    def arrive(self, at: int, release: str) -> None:
        self.count += 1
        if self.count == 1:
            self.lines.append("new")
        rises = self.rises(at, self.ends.get("usual", 0), is_awaited="usual" in self.ends)
        if self.state is RESOLVED:
            commit = self.ends.get("resolved_commit")
            if commit is not None and (commit, release) not in self.asked:
                self.doubts.append(release)
            elif self.is_back(release):
                self.doubts.clear()
                self.put(REGRESSED)
                self.lines.append("regressed")
        ended_by_it = False
        if self.state is MUTED and (over := self.is_over(at, rises=rises)):
            ended_by_it = over == "rises"
            self.put(OPEN)
            self.lines.append("unmuted")
        if rises and self.state is not RESOLVED:
            if ended_by_it or self.escalated_at is None or at - self.escalated_at >= 6 * HOUR:
                self.lines.append("escalating")
            self.escalated_at = max(at, self.escalated_at or at)
        if self.count in (10, 100):
            self.lines.append("count")

    def git_answers(self) -> None:
        """Decide, in the order in which they came, what git had to be asked about."""
        self.asked |= {(self.ends["resolved_commit"], release) for release in self.doubts}
        if any(self.is_back(release) for release in self.doubts):
            self.put(REGRESSED)
            self.lines.append("regressed")
        self.doubts.clear()

    def is_back(self, release: str) -> bool:
        """Whether an event of this release brings a resolved issue back."""
        commit = self.ends.get("resolved_commit")
        if commit is not None and HISTORY.get((commit, release)) is not None:
            return bool(HISTORY[commit, release])
        return self.resolved_in is None or ORDER.index(release) >= ORDER.index(self.resolved_in)

    def is_over(self, at: int, *, rises: bool) -> str:
        """What ends the mute with this event, if anything does."""
        ends = self.ends
        if "more" in ends:
            ends["more"] -= 1
        if "per_hour" in ends:
            self.minutes.append(at // MINUTE)
        if ends.get("until") is not None and at >= ends["until"]:
            return "until"
        if ends.get("more") == 0:
            return "more"
        lately = [minute for minute in self.minutes if minute > at // MINUTE - 60]
        if "per_hour" in ends and len(lately) >= ends["per_hour"]:
            return "per_hour"
        return "rises" if rises and "usual" in ends else ""

    def rises(self, at: int, usual: int, *, is_awaited: bool) -> bool:
        """Count the event, and tell whether its hour is well above what is usual by now."""
        hour = at // HOUR
        past = [count for each, count in self.hours.items() if hour - 168 <= each < hour]
        first = min(self.hours, default=hour)
        self.hours[hour] += 1
        if not is_awaited:
            is_known = hour - first >= 3
            has_risen = self.escalated_at is not None and self.escalated_at // HOUR == hour
            if not is_known or has_risen:
                return False
        mean = statistics.fmean(past) if past else 0.0
        spread = statistics.pstdev(past) if past else 0.0
        return self.hours[hour] > int(max(10, 3 * mean, mean + 3 * spread, 3 * usual))

    def usual(self, now: int) -> int:
        """What a mute until it escalates takes for usual."""
        hour = now // HOUR
        past = [count for each, count in self.hours.items() if hour - 168 <= each < hour]
        return max(round(statistics.fmean(past)) if past else 0, self.hours[hour])

    def end_mute(self, now: int) -> None:
        until = self.ends.get("until")
        if self.state is MUTED and until is not None and now >= until:
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
            patch.setattr(report_queue, "advance", die)
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
        self.model.git_answers()
        for _ in range(2):
            answers.answer(self.database, self.now)

    @rule()
    def comes_twice(self) -> None:
        self.send("2.0", self.last_event)
        self.digest()

    @rule(minutes=st.integers(1, 30) | st.sampled_from((60, 180, 400)))
    def time_passes(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @rule(release=st.sampled_from(ORDER), times=st.integers(8, 30))
    def floods(self, release: str, times: int) -> None:
        self.arrives([release] * times, dies=False)

    @rule(times=st.integers(1, 2))
    def mutes_end(self, times: int) -> None:
        self.model.end_mute(self.now)
        for _ in range(times):
            unmute.unmute_due(self.database, self.now)

    def acts(self, line: str, act: Any, state: IssueState, **ends: Any) -> None:
        before, told = self.model.as_it_is(), len(self.model.lines)
        self.model.put(state, {name: value for name, value in ends.items() if value is not None})
        with self.database.writing() as connection:
            done = act(connection)
        if self.model.as_it_is() != before:
            self.model.lines.append(line)
            self.undos.append((done, before, told))

    @rule(commit=st.sampled_from(("first", "picked")), known=st.sets(st.sampled_from(ORDER)))
    def resolves_at_a_commit(self, commit: str, known: set[str]) -> None:
        builds = {release: answer(commit, release) for release in known}
        self.model.asked |= {(commit, release) for release in known}
        fix = Fix(hash=commit, subject="Fix it", repository="/r", builds=builds)
        self.acts(
            "resolved",
            lambda connection: actions.resolve(connection, [1], self.now, fix=fix),
            RESOLVED,
            resolved_in=self.newest(),
            resolved_commit=commit,
        )

    @rule(release=st.none() | st.sampled_from(ORDER))
    def resolves(self, release: str | None) -> None:
        if release is None and self.model.state is RESOLVED:
            ends, commit = self.model.resolved_in, self.model.ends.get("resolved_commit")
        else:
            ends, commit = release or self.newest(), None
        self.acts(
            "resolved",
            lambda connection: actions.resolve(connection, [1], self.now, release=release),
            RESOLVED,
            resolved_in=ends,
            resolved_commit=commit,
        )

    def newest(self) -> str:
        with self.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT name FROM releases")
            return max((str(row.name) for row in rows), key=ORDER.index)

    @rule(ends=ENDS, minutes=st.none() | st.integers(1, 60))
    def mutes(self, ends: MuteRule | None, minutes: int | None) -> None:
        until = None if minutes is None else self.now + minutes * MINUTE
        usual = self.model.usual(self.now) if ends is not None and ends.escalating else None
        self.acts(
            "muted",
            lambda connection: actions.mute(connection, [1], self.now, rule=ends, until=until),
            MUTED,
            more=ends and ends.more,
            per_hour=ends and ends.per_hour,
            usual=usual,
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
        self.model.put(*before)
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
        ends, rule = self.model.ends, found.mute_rule or MuteRule()
        assert (found.state, found.count, found.resolved_in, found.resolved_commit) == (
            self.model.state,
            self.model.count,
            self.model.resolved_in,
            ends.get("resolved_commit"),
        )
        assert (rule.more, rule.per_hour) == (ends.get("more"), ends.get("per_hour"))
        assert (rule.usual if rule.escalating else None) == ends.get("usual")
        assert (found.muted_until is None) is (ends.get("until") is None)
        assert lines == self.model.lines


def test_any_order_is_exact(empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Git itself is asked in tests/fix_check.
    monkeypatch.setattr(answers, "content", lambda _folder, commit, release: answer(commit, release))
    Lives.empty = empty_store
    case = Lives.TestCase
    case.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
    case("runTest").runTest()
