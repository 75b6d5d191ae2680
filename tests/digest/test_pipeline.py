"""The digest: every effect once, whatever fails, dies or comes twice."""

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import paths
from app.digest import pipeline, understanding
from app.digest.filing import filing
from app.digest.grouping.rules import RulePart, Same, encode
from app.digest.pipeline import Digest
from app.model import Report
from app.protocols.delivery import Delivery
from app.regrouping import apply_plan, plans
from app.settings import Settings
from app.store import schema
from app.store.database import Database
from app.store.forwarding import forwarded_reports, forwards
from app.store.grouping import grouping_rules
from app.store.inbox.issues import projects
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.queue import queue_overview, report_queue
from app.store.upkeep import settle_counts
from tests.factories import NOON, SECOND, Store, append, envelope, make_report

EVERYTHING = IssueFilter(View.EVERYTHING)
SESSION = b'{"event_id":"' + b"a" * 32 + b'"}\n{"type":"session"}\n{"sid":"1"}\n'


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> int:
        return self.now


class Bench:
    """A digest on a store, with a clock, and reports that can be made to fail."""

    def __init__(self, database: Database, tmp_path: Path) -> None:
        self.database = database
        self.store = Store(database)
        self.settings = Settings(data_dir=tmp_path)
        self.clock = Clock()
        self.failing: set[int] = set()
        self.revisions: list[int] = []

    def digest(self) -> int:
        return Digest(
            self.database,
            self.settings,
            committed=self.revisions.append,
            clock=self.clock,
            understand=self.understand,
        ).run()

    def understand(self, report: Report, limit: int) -> Delivery:
        if report.id in self.failing:
            raise ValueError(f"report {report.id} is bad")
        return understanding.understand(report, limit)

    def everything(self) -> dict[str, list[Any]]:
        """All rows of all tables."""
        tables = schema.metadata.sorted_tables
        return {
            table.name: self.store.read(lambda asked, t=table: asked.execute(select(t)).all())
            for table in tables
        }

    @property
    def status(self) -> queue_overview.QueueStatus:
        return self.store.read(queue_overview.status)


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    return Bench(database, tmp_path)


def numbers(status: queue_overview.QueueStatus) -> tuple[int, int, int, int, int]:
    return status.received, status.pending, status.digested, status.dead, status.events


def test_what_waits_is_filed_and_announced(bench: Bench) -> None:
    append(bench.database, *(make_report(n) for n in range(1, 6)))
    assert numbers(bench.status) == (5, 5, 0, 0, 0)
    assert bench.digest() == 5
    assert numbers(bench.status) == (5, 0, 5, 0, 5)
    (issue,) = bench.store.read(issues.page, IssueFilter())
    assert (issue.project, issue.type, issue.count) == ("shop", "KeyError", 5)
    assert bench.revisions == [issue.revision]
    assert bench.digest() == 0


@pytest.mark.parametrize("fails", [False, True])
def test_each_report_is_queued_to_be_passed_on_once_whatever_becomes_of_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    project = bench.store.write(projects.number, "shop", NOON)
    bench.store.write(forwards.add, project, "https://k@h/1", after_report=1, now=NOON)
    bench.failing = {3}
    large = envelope("b" * 32, extra={"x": ["y" * 1000] * 300})
    append(
        bench.database,
        make_report(1),
        make_report(2, body=SESSION),
        make_report(3),
        make_report(4, body=large),
        make_report(5, project="other"),
        make_report(6),
    )
    if fails:
        whole, calls = filing.file, []

        def fail_once(*given: Any) -> Any:
            calls.append(given)
            if len(calls) == 1:
                raise ValueError("The batch cannot be filed")
            return whole(*given)

        monkeypatch.setattr(filing, "file", fail_once)
    for _run in range(3):
        bench.digest()
        bench.clock.now += 3_600 * SECOND
    queued = bench.store.read(forwarded_reports.newest, 99)
    assert sorted(each.report_id for each in queued) == [2, 3, 4, 6]


def test_more_than_a_batch_is_digested_in_one_run(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.digest.pipeline.BATCH_REPORTS", 3)
    append(bench.database, *(make_report(n) for n in range(1, 11)))
    assert bench.digest() == 10
    assert len(bench.revisions) == 4


def test_counts_that_gathered_are_settled_when_nothing_waits(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle_counts, "WORTH_SETTLING", 4)
    monkeypatch.setattr(settle_counts, "ROWS_AT_ONCE", 1)
    bodies = [envelope(f"{n:032x}", fingerprint=[f"issue {n}"]) for n in range(1, 6)]
    append(
        bench.database, *(make_report(n, event_id=f"{n:032x}", body=body) for n, body in enumerate(bodies, 1))
    )
    assert bench.digest() == 5
    everything = bench.everything()
    assert everything["recent_counts"] == []
    assert [row.count for row in bench.store.read(issues.page, EVERYTHING)] == [1] * 5
    assert sorted(row.issue_id for row in everything["issue_hours"]) == [1, 2, 3, 4, 5]


def test_an_event_sent_twice_is_filed_once_in_its_project(bench: Bench) -> None:
    first = make_report(1)
    again = replace(first, id=2)
    elsewhere = replace(first, id=3, project="blog")
    append(bench.database, first, again, elsewhere)
    bench.digest()
    append(bench.database, replace(first, id=4))
    bench.digest()
    assert numbers(bench.status) == (4, 0, 4, 0, 2)
    counts = {issue.project: issue.count for issue in bench.store.read(issues.page, EVERYTHING)}
    assert counts == {"shop": 1, "blog": 1}


def test_a_report_without_events_is_counted_and_removed(bench: Bench) -> None:
    append(bench.database, make_report(1, body=SESSION), make_report(2, body=SESSION))
    bench.digest()
    assert numbers(bench.status) == (2, 0, 2, 0, 0)
    with bench.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT kind, count FROM item_counts").all() == [("session", 2)]
        assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 0
    append(bench.database, make_report(3))
    assert bench.status.received == 3


def test_a_bad_report_delays_no_other_and_is_dead_after_its_last_try(bench: Bench) -> None:
    bench.failing = {2}
    append(bench.database, *(make_report(n) for n in range(1, 4)))
    bench.digest()
    assert numbers(bench.status) == (3, 1, 2, 0, 2)
    waits = []
    while (setback := bench.store.read(queue_overview.setbacks)[0]).due_at is not None:
        due = _due(bench)
        waits.append((due - bench.clock.now) // SECOND)
        bench.clock.now = due - 1
        assert bench.digest() == 0
        bench.clock.now = due
        assert bench.digest() == 1
    assert waits == [2, 8, 32, 128]
    assert numbers(bench.status) == (3, 0, 2, 1, 2)
    assert setback.attempts == 5
    assert setback.error == "ValueError: report 2 is bad"
    assert "in understand" in setback.traceback


def _due(bench: Bench) -> int:
    with bench.database.reading() as connection:
        due: int = connection.exec_driver_sql("SELECT due_at FROM setbacks").scalar_one()
    return due


def test_a_report_that_recovers_is_filed(bench: Bench) -> None:
    bench.failing = {1}
    append(bench.database, make_report(1))
    bench.digest()
    bench.failing = set()
    bench.clock.now += 2 * SECOND
    bench.digest()
    assert numbers(bench.status) == (1, 0, 1, 0, 1)
    assert bench.store.read(queue_overview.setbacks) == []


def test_a_batch_that_cannot_be_filed_is_tried_one_by_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = filing.file

    def fails_with_report_2(connection: Any, batch: Any, now: int) -> filing.Outcome:
        outcome = file(connection, batch, now)
        if any(entries.report.id == 2 for entries in batch):
            raise OverflowError("a value that no column holds")
        return outcome

    monkeypatch.setattr(filing, "file", fails_with_report_2)
    append(bench.database, *(make_report(n) for n in range(1, 4)))
    bench.digest()
    assert numbers(bench.status) == (3, 1, 2, 0, 2)
    (setback,) = bench.store.read(queue_overview.setbacks)
    assert (setback.report_id, setback.attempts) == (2, 1)
    assert "OverflowError" in setback.error


def test_a_batch_that_took_the_process_down_is_tried_one_by_one(bench: Bench) -> None:
    append(bench.database, *(make_report(n) for n in range(1, 4)))
    digest = Digest(bench.database, bench.settings, clock=bench.clock)
    digest.isolate()
    assert numbers(bench.status) == (3, 0, 3, 0, 3)


def test_a_try_is_noted_before_it_is_made(bench: Bench) -> None:
    bench.failing = {1}
    append(bench.database, make_report(1))
    bench.digest()
    bench.clock.now += 2 * SECOND

    class ProcessDies(BaseException):
        pass

    def die(_report: Report, _limit: int) -> Delivery:
        raise ProcessDies

    with pytest.raises(ProcessDies):
        Digest(bench.database, bench.settings, clock=bench.clock, understand=die).run()
    (setback,) = bench.store.read(queue_overview.setbacks)
    assert setback.attempts == 2
    assert "process ended" in setback.error


def test_two_digests_that_meet_file_once(bench: Bench) -> None:
    append(bench.database, *(make_report(n) for n in range(1, 4)))
    met: list[int] = []

    def meanwhile(report: Report, limit: int) -> Delivery:
        if not met:
            met.append(report.id)
            bench.digest()
        return understanding.understand(report, limit)

    Digest(bench.database, bench.settings, clock=bench.clock, understand=meanwhile).run()
    assert numbers(bench.status) == (3, 0, 3, 0, 3)
    (issue,) = bench.store.read(issues.page, EVERYTHING)
    assert issue.count == 3


@pytest.mark.parametrize("is_event", [True, False])
@pytest.mark.parametrize("failing", [set(), {2}])
def test_a_claim_that_is_filed_twice_changes_nothing(
    bench: Bench, failing: set[int], *, is_event: bool
) -> None:
    """Not only events are filed once: what brings none, who called and what failed is not counted again."""
    fields: dict[str, Any] = {} if is_event else {"body": SESSION}
    append(bench.database, *(make_report(n, **fields) for n in range(1, 4)))
    bench.failing = failing
    met: list[dict[str, list[Any]]] = []

    def meanwhile(report: Report, limit: int) -> Delivery:
        if not met:
            append(bench.database, make_report(4))  # the other one goes further than this claim
            bench.digest()
            met.append(bench.everything())
            bench.clock.now += SECOND
        return bench.understand(report, limit)

    Digest(bench.database, bench.settings, clock=bench.clock, understand=meanwhile).run()
    assert met == [bench.everything()]


def test_a_retry_that_is_made_twice_changes_nothing(bench: Bench) -> None:
    append(bench.database, make_report(1))
    bench.failing = {1}
    bench.digest()
    bench.failing.clear()
    bench.clock.now += 10 * SECOND
    due = bench.store.read(report_queue.claim_due, bench.clock.now, 200 * SECOND, limit=1)
    late = Digest(bench.database, bench.settings, clock=bench.clock)
    bench.digest()
    filed = bench.everything()
    ((report, attempts),) = due
    late._retry(report, attempts + 1)
    assert bench.everything() == filed


@pytest.mark.parametrize("is_retry", [False, True])
def test_a_rule_made_between_claim_and_filing_applies(bench: Bench, *, is_retry: bool) -> None:
    append(bench.database, *(make_report(n, body=raised_in(f"f{n}")) for n in (1, 2)))
    if is_retry:
        bench.failing = {1, 2}
        bench.digest()
        bench.failing.clear()
        bench.clock.now += 10 * SECOND
    made: list[int] = []

    def meanwhile(report: Report, limit: int) -> Delivery:
        if not made:
            made.append(report.id)
            with bench.database.writing() as connection:
                plan = plans.of_rule(connection, Same(RulePart.FUNCTION, ("f2", "f1")), project="shop")
                apply_plan.apply(connection, plan, NOON)
        return understanding.understand(report, limit)

    Digest(bench.database, bench.settings, clock=bench.clock, understand=meanwhile).run()
    bench.clock.now += 10 * SECOND  # a retry that has met a new rule is due again after a pause
    bench.digest()
    (issue,) = bench.store.read(issues.page, EVERYTHING)
    assert issue.count == 2
    assert numbers(bench.status) == (2, 0, 2, 0, 2)


def raised_in(function: str) -> bytes:
    """An envelope with an error that was raised in `function`."""
    frame = {"filename": "shop/pay.py", "module": "shop.pay", "function": function, "in_app": True}
    raised = {"type": "KeyError", "value": "'card'", "stacktrace": {"frames": [frame]}}
    return envelope(uuid.uuid4().hex, exception={"values": [raised]})


def test_a_locked_database_sets_nothing_aside(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    append(bench.database, make_report(1))
    impatient = Database(bench.database.file, busy_seconds=0.01)
    digest = Digest(impatient, bench.settings, clock=bench.clock)
    with (
        closing(sqlite3.connect(bench.settings.data_dir / paths.DATABASE, isolation_level=None)) as other,
        _locked(other),
        pytest.raises(OperationalError),
    ):
        digest.run()
    assert numbers(bench.status) == (1, 1, 0, 0, 0)
    assert bench.store.read(queue_overview.setbacks) == []
    assert digest.run() == 1
    impatient.close()


@contextmanager
def _locked(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")


def test_a_body_that_cannot_be_decoded_is_an_event(bench: Bench) -> None:
    head = b"POST /api/1/envelope/ HTTP/1.1\r\ncontent-encoding: gzip"
    append(bench.database, make_report(1, head=head, body=b"\x1f\x8b\x08broken"))
    append(bench.database, make_report(2, head=head.replace(b"gzip", b"snappy"), body=b"\xffsnap"))
    bench.settings = replace(bench.settings, max_decoded_bytes=50)
    append(bench.database, make_report(3, body=envelope("c" * 32)))
    bench.digest()
    assert numbers(bench.status) == (3, 0, 3, 0, 3)
    assert all("read" in issue.title for issue in bench.store.read(issues.page, EVERYTHING))


class Waits:
    """The digest's waits, in which time passes that the test counts, and reports arrive."""

    def __init__(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        self.arriving: list[Report] = []
        # How many reports there were at each commit.
        self.received: list[int] = []
        self.meanwhile: Callable[[], object] = lambda: None
        self._bench = bench
        monkeypatch.setattr("app.digest.pace.time.monotonic", lambda: self.now)
        monkeypatch.setattr("app.digest.pipeline.time.sleep", self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds
        if seconds > 0 and self.arriving:
            append(self._bench.database, self.arriving.pop(0))
            self.meanwhile()

    def run(self, *reports: Report) -> int:
        """Digest these, the first of which is there and the others arrive one at a claim."""
        first, *self.arriving = reports
        append(self._bench.database, first)
        return Digest(
            self._bench.database,
            self._bench.settings,
            committed=lambda _revision: self.received.append(self._bench.status.received),
            clock=self._bench.clock,
            understand=self._bench.understand,
            gathers=True,
        ).run()


def test_what_trickles_in_is_filed_together(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.failing = {3}
    waits = Waits(bench, monkeypatch)
    assert waits.run(*(make_report(n) for n in range(1, 6))) == 5
    assert numbers(bench.status) == (5, 1, 4, 0, 4)
    assert waits.received == [1, 3, 5]


def test_a_new_issue_does_not_wait_for_others(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Waits(bench, monkeypatch)
    new = make_report(4, project="another")
    assert waits.run(*map(make_report, (1, 2, 3)), new, make_report(5)) == 5
    # The second waited for the third, the new one for none.
    assert waits.received == [1, 3, 4, 5]


def test_what_is_gathered_is_read_again_after_a_change_of_rules(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits(bench, monkeypatch)
    definitions = iter([encode(Same(RulePart.FUNCTION, ("a", "b")))])

    def change_rules() -> None:
        if bench.status.received == 3:
            for definition in definitions:
                bench.store.write(grouping_rules.add, None, "same", definition, NOON)

    waits.meanwhile = change_rules
    assert waits.run(*(make_report(n) for n in range(1, 5))) == 4
    assert numbers(bench.status) == (4, 0, 4, 0, 4)


def test_what_another_digest_filed_meanwhile_is_filed_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits(bench, monkeypatch)
    waits.meanwhile = lambda: bench.status.received == 3 and bench.digest()
    waits.run(*(make_report(n) for n in range(1, 4)))
    assert numbers(bench.status) == (3, 0, 3, 0, 3)
    (issue,) = bench.store.read(issues.page, EVERYTHING)
    assert issue.count == 3


def test_a_long_run_leaves_what_arrives_later_to_the_next(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "RUN_SECONDS", 0)
    append(bench.database, *(make_report(n) for n in range(1, pipeline.BATCH_REPORTS + 2)))
    arriving = iter([pipeline.BATCH_REPORTS + 2])

    def understand(report: Report, limit: int) -> Delivery:
        if report.id > pipeline.BATCH_REPORTS:
            append(bench.database, *(make_report(n) for n in arriving))
        return understanding.understand(report, limit)

    # The first batch is full, so it goes on; after the second nothing waited when it was claimed.
    digest = Digest(bench.database, bench.settings, clock=bench.clock, understand=understand)
    assert digest.run() == pipeline.BATCH_REPORTS + 1
    assert bench.status.pending == 1
    assert digest.run() == 1


def test_a_long_run_still_reads_again_what_other_rules_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "RUN_SECONDS", 0)
    append(bench.database, make_report(1))
    rules = iter(["first"])

    def understand(report: Report, limit: int) -> Delivery:
        for _rule in rules:
            bench.store.write(
                grouping_rules.add, None, "same", encode(Same(RulePart.FUNCTION, ("a", "b"))), NOON
            )
        return understanding.understand(report, limit)

    assert Digest(bench.database, bench.settings, clock=bench.clock, understand=understand).run() == 1
    assert bench.status.pending == 0
