"""What goes when there is too much, and what stays."""

import itertools
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.event import listen, remove

from app.model import IssueState, to_micros
from app.settings import Retention
from app.store import sqlite
from app.store.engine_state import job_requests
from app.store.grouping import regrouping
from app.store.inbox.counts import recent_counts
from app.store.inbox.events import removal
from app.store.inbox.events.removal import remove_events
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import actions
from app.store.notices import notice_list
from app.store.queue import queue_overview
from app.store.upkeep import retention, retention_log, tag_values
from app.store.upkeep.retention import DAY, Sweep
from tests.factories import NOON, Store, make_event, set_state

PLENTY = Retention()


def sweep(store: Store, policy: Retention, *, now: int = NOON) -> int:
    return Sweep(store.database, policy, clock=lambda: now, seconds=60).run()


def titles(store: Store) -> list[str]:
    """Of all issues, the newest first."""
    return [issue.title for issue in store.read(issues.page, IssueFilter(View.EVERYTHING))]


def sizes(monkeypatch: pytest.MonkeyPatch, *sizes: int) -> None:
    """What the store is said to use, each time somebody asks; the last one for ever."""
    said = itertools.chain(sizes, itertools.repeat(sizes[-1]))
    monkeypatch.setattr(sqlite, "used_bytes", lambda _connection: next(said))


def values(store: Store, function: str) -> list[str]:
    found = store.read(events.summaries, text=f"culprit:{function}", limit=1000)
    return [event.title.removeprefix("KeyError: ") for event in reversed(found)]


def file_many(store: Store, function: str, count: int, *, step: int = 1) -> None:
    for n in range(count):
        store.file(make_event(value=str(n), function=function), at=NOON + n * step)


def test_nothing_goes_while_there_is_room(store: Store) -> None:
    file_many(store, "quiet", 5)
    assert sweep(store, PLENTY) == 0
    assert len(values(store, "quiet")) == 5


def test_beyond_the_count_the_oldest_go_but_never_the_first(store: Store) -> None:
    file_many(store, "noisy", 10)
    file_many(store, "quiet", 3)
    assert sweep(store, Retention(events_per_issue=4)) == 6
    assert values(store, "noisy") == ["0", "7", "8", "9"]
    assert values(store, "quiet") == ["0", "1", "2"]


def test_counters_include_deleted_events(store: Store) -> None:
    file_many(store, "noisy", 10)
    sweep(store, Retention(events_per_issue=2))
    (issue,) = store.read(issues.page, IssueFilter(View.EVERYTHING))
    status = store.read(queue_overview.status)
    assert (issue.count, status.events, status.received, status.digested) == (10, 2, 10, 10)


def test_what_is_old_goes_except_first_and_last(store: Store) -> None:
    file_many(store, "daily", 10, step=DAY)
    sweep(store, Retention(days=3), now=NOON + 9 * DAY)
    assert values(store, "daily") == ["0", "6", "7", "8", "9"]
    file_many(store, "ancient", 4)
    sweep(store, Retention(days=3), now=NOON + 400 * DAY)
    assert values(store, "ancient") == ["0", "3"]


def test_beyond_the_bytes_the_noisiest_pays_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "STEP", 5)
    file_many(store, "noisy", 40)
    file_many(store, "quiet", 4)
    sizes(monkeypatch, 2_000, 2_000, 2_000, 1_000)
    assert sweep(store, Retention(total_bytes=1_500)) == 10
    assert values(store, "noisy")[:2] == ["0", "11"]
    assert len(values(store, "quiet")) == 4


def test_whole_issues_go_when_each_has_but_its_first_and_last(store: Store) -> None:
    file_many(store, "a", 9)
    file_many(store, "b", 5)
    store.file(make_event(function="newest"), at=NOON + 100)
    sweep(store, Retention(total_bytes=1))
    assert titles(store) == ["KeyError: 'card'"], "the newest issue stays, whose number must not be another's"
    (removed,) = store.read(retention_log.listed)
    assert (removed.issues, removed.events) == (2, 14)


def test_resolved_and_muted_issues_go_first_unread_ones_last(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "ISSUES_AT_ONCE", 1)
    for name in ("unread", "read", "muted", "resolved", "newest"):
        store.file(make_event(value=name, function=name))
    issue = {title.split(": ")[1]: 5 - n for n, title in enumerate(titles(store))}
    store.write(actions.set_unread, [issue["read"]], False)
    store.write(set_state, [issue["muted"]], IssueState.MUTED)
    store.write(set_state, [issue["resolved"]], IssueState.RESOLVED)
    went = []
    while len(left := titles(store)) > 1:
        sizes(monkeypatch, 2_000, 2_000, 2_000, 1_000)
        sweep(store, Retention(total_bytes=1_500))
        went += sorted(set(left) - set(titles(store)))
    assert [title.split(": ")[1] for title in went] == ["muted", "resolved", "read", "unread"]


def test_what_hangs_on_an_issue_goes_with_it_and_its_next_event_is_new(store: Store) -> None:
    gone = make_event(tags={"region": "eu"}, user={"id": "7"})
    store.file(gone)
    store.file(make_event(function="other"))
    sweep(store, Retention(total_bytes=1))
    with store.database.reading() as connection:
        for table in ("issue_tags", "issue_users", "issue_hours", "issue_keys", "history", "event_search"):
            (rows,) = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").one()
            assert rows <= 1, table
        assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    status = store.read(queue_overview.status)
    assert (status.issues, status.events, status.received, status.digested) == (1, 1, 2, 2)
    outcome = store.file(make_event())
    assert [(filed.is_new_issue, filed.issue_id) for filed in outcome.filed] == [(True, 3)]


def test_merged_issues_stay(store: Store) -> None:
    for name in ("a", "b", "newest"):
        store.file(make_event(value=name, function=name))
    store.write(regrouping.merge, [1, 2], 1, NOON)
    sweep(store, Retention(total_bytes=1))
    assert sorted(titles(store)) == ["KeyError: b", "KeyError: newest"]


def test_a_window_hears_of_issues_that_went(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        store.file(make_event(value=name, function=name))
    before = store.read(issues.revision)
    sweep(store, Retention(total_bytes=1))
    changes = store.read(issues.changed_since, IssueFilter(), before)
    assert (changes.matching, sorted(changes.gone), changes.is_complete) == ((), [1, 2], True)
    assert store.read(issues.changed_since, IssueFilter(), changes.revision).gone == ()


def test_a_window_that_missed_too_many_begins_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removal, "REMEMBERED", 1)
    monkeypatch.setattr(retention, "ISSUES_AT_ONCE", 1)
    for name in ("a", "b", "c"):
        store.file(make_event(value=name, function=name))
    before = store.read(issues.revision)
    sweep(store, Retention(total_bytes=1))
    assert not store.read(issues.changed_since, IssueFilter(), before).is_complete
    assert store.read(issues.changed_since, IssueFilter(), store.read(issues.revision)).is_complete


def test_a_run_ends_when_its_time_is_over_and_asks_for_another(store: Store) -> None:
    file_many(store, "noisy", 10)
    sweep = Sweep(store.database, Retention(events_per_issue=2), clock=lambda: NOON, seconds=-1)
    first = sweep.sweep()
    assert not first.is_finished
    assert [request.job for request in store.read(job_requests.waiting)] == ["retention"]
    Sweep(store.database, Retention(events_per_issue=2), clock=lambda: NOON, seconds=60).run()
    assert len(values(store, "noisy")) == 2


def test_no_transaction_takes_more_than_a_step(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "STEP", 7)
    file_many(store, "noisy", 50)
    steps: list[int] = []

    def counted(connection: Connection, ids: Sequence[int]) -> None:
        steps.append(len(ids))
        remove_events(connection, ids)

    monkeypatch.setattr(retention, "remove_events", counted)
    sweep(store, Retention(events_per_issue=2))
    assert (max(steps), sum(steps)) == (7, 48)


def test_reports_go_with_their_events_and_space_is_given_back(store: Store) -> None:
    file_many(store, "noisy", 60)
    before = store.read(sqlite.used_bytes)
    sweep(store, Retention(events_per_issue=2))
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 2
        assert connection.exec_driver_sql("SELECT count(*) FROM event_search").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() == 0
    assert store.read(sqlite.used_bytes) < before


def test_tag_values_that_never_repeat_are_trimmed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_values, "VALUES_PER_ISSUE", 3)
    monkeypatch.setattr(retention, "TAG_VALUES_AT_ONCE", 2)
    for n in range(6):
        store.file(make_event(tags={"request_id": str(n)}), make_event(tags={"region": "eu"}))
    store.write(recent_counts.settle_all)
    sweep(store, PLENTY)
    with store.database.reading() as connection:
        kept = connection.exec_driver_sql(
            "SELECT key, value, count FROM issue_tags ORDER BY count DESC"
        ).all()
    assert len(kept) == 3
    assert kept[0] == ("region", "eu", 6)


def test_old_notices_go(store: Store) -> None:
    store.file(make_event(), at=NOON)
    old, day = store.read(notice_list.listed), 90 * DAY
    assert len(old) == 1
    written = to_micros(old[0].created_at)
    sweep(store, PLENTY, now=written + day)
    assert store.read(notice_list.listed) == old
    sweep(store, PLENTY, now=written + day + 1)
    assert store.read(notice_list.listed) == []


def test_a_sweep_goes_on_where_the_last_one_ended(store: Store) -> None:
    file_many(store, "daily", 10, step=DAY)
    policy = Retention(days=3)
    assert sweep(store, policy, now=NOON + 9 * DAY) == 5
    assert sweep(store, policy, now=NOON + 9 * DAY) == 0
    assert sweep(store, policy, now=NOON + 10 * DAY) == 1
    assert values(store, "daily") == ["0", "7", "8", "9"]


def test_the_last_event_of_an_issue_goes_once_a_newer_one_came(store: Store) -> None:
    file_many(store, "daily", 3)
    policy = Retention(days=3)
    sweep(store, policy, now=NOON + 100 * DAY)
    assert values(store, "daily") == ["0", "2"]
    store.file(make_event(value="late", function="daily"), at=NOON + 100 * DAY)
    assert sweep(store, policy, now=NOON + 100 * DAY) == 1
    assert values(store, "daily") == ["0", "late"]


def test_removal_that_was_begun_is_finished_whatever_the_policy_says_then(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "SORTED_FROM", 1)
    file_many(store, "daily", 10, step=DAY)
    stopped = Sweep(
        store.database,
        Retention(days=3),
        clock=lambda: NOON + 9 * DAY,
        seconds=60,
        is_stopping=lambda: bool(store.read(begun)),
    )
    assert (stopped.sweep().is_finished, len(values(store, "daily"))) == (False, 10)
    assert sweep(store, PLENTY, now=NOON + 9 * DAY) == 5
    assert values(store, "daily") == ["0", "6", "7", "8", "9"]
    assert store.read(begun) == 0


def test_a_run_that_ended_just_after_its_last_event_holds_nothing_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "SORTED_FROM", 1)
    monkeypatch.setattr(retention, "PLANNED", 3)
    file_many(store, "daily", 10, step=DAY)
    stopped = Sweep(
        store.database,
        Retention(days=3),
        clock=lambda: NOON + 9 * DAY,
        seconds=60,
        is_stopping=lambda: len(values(store, "daily")) < 10,
    )
    assert (stopped.sweep().is_finished, values(store, "daily")[:2]) == (False, ["0", "4"])
    assert sweep(store, Retention(days=3), now=NOON + 9 * DAY) == 2
    assert values(store, "daily") == ["0", "6", "7", "8", "9"]
    assert store.read(begun) == 0


def begun(connection: Connection) -> int:
    """How many events are about to be removed."""
    row = connection.exec_driver_sql("SELECT begun_through, aged_through FROM retention_progress").one()
    return max(0, int(row.begun_through - row.aged_through))


def test_many_are_removed_like_few(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "SORTED_FROM", 1)
    monkeypatch.setattr(retention, "UNINDEXED_AT_ONCE", 2)
    monkeypatch.setattr(retention, "PLANNED", 4)
    file_many(store, "daily", 10, step=DAY)
    file_many(store, "other", 3)
    sweep(store, Retention(days=3), now=NOON + 9 * DAY)
    assert values(store, "daily") == ["0", "6", "7", "8", "9"]
    assert len(values(store, "other")) == 3
    sweep(store, Retention(days=3), now=NOON + 90 * DAY)
    assert (values(store, "daily"), len(values(store, "other"))) == (["0", "9"], 2)
    with store.database.reading() as connection:
        for index in ("issue_events", "event_ids"):
            entries = f"SELECT count(*) FROM (SELECT * FROM {index} UNION ALL SELECT * FROM recent_{index})"
            assert connection.exec_driver_sql(entries).scalar() == 4


def test_counts_that_are_too_high_end_no_sweep(store: Store) -> None:
    file_many(store, "noisy", 10)
    sweep(store, PLENTY)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE event_counts SET stored = 50")
    sweep(store, Retention(events_per_issue=4))
    sweep(store, Retention(events_per_issue=4))
    assert len(values(store, "noisy")) == 4


def test_a_sweep_with_nothing_to_do_asks_no_more_in_a_larger_store(store: Store) -> None:
    asked: list[int] = []
    for count in (5, 60):
        file_many(store, "quiet", count)
        sweep(store, PLENTY)
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            statements.append(statement)  # noqa: B023 - called before the loop goes on

        listen(Engine, "before_cursor_execute", note)
        sweep(store, PLENTY)
        remove(Engine, "before_cursor_execute", note)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_the_log_stays_short_while_much_is_removed(store: Store) -> None:
    body = "x" * 40_000
    for n in range(60):
        store.file(*(make_event(value=f"{n} {part} {body}", function="noisy") for part in range(5)))
    log = store.database.file.with_name(store.database.file.name + sqlite.FILE_PARTS[1])
    with store.database.maintaining() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    sweep(store, Retention(events_per_issue=2))
    assert log.stat().st_size < 16 << 20
