"""Stores from before: what they hold is kept, and what is new can be known of it."""

from pathlib import Path

from sqlalchemy import select

from app.digest.entries.search_filling import SearchFiller
from app.model import IssueState
from app.settings import Retention
from app.store import schema
from app.store.database import open_for_engine
from app.store.engine_state import engine_findings, faults, job_requests, listener_failures, listener_state
from app.store.engine_state.job_requests import JobRequest
from app.store.engine_state.listener_state import ListenerState
from app.store.forwarding import forwards
from app.store.inbox.counts import event_counts, recent_counts, tallies
from app.store.inbox.counts.event_counts import StoredCount
from app.store.inbox.counts.recent_counts import BatchCounts
from app.store.inbox.events import removal
from app.store.inbox.issues import fixes, issue_keys
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import pins, releases
from app.store.places import place_counts, project_acts, runs
from app.store.queue import queue_overview, refusals, report_queue
from app.store.traces import trace_lookup, trace_rows
from app.store.traces.trace_rows import Part
from app.store.trash import deleted_issues, deletions
from app.store.upkeep import lookup_tables, salvage
from app.store.upkeep.retention import Sweep
from app.store.upkeep.salvage import SalvageProgress
from tests.factories import NOON, SECOND, envelope
from tests.older_store import store_of_version
from tests.query_plans import steps_of
from tests.runs_of_commands import make_run

EVERYTHING = IssueFilter(View.EVERYTHING)


def test_refusals_from_before_say_what_is_known_of_them(tmp_path: Path) -> None:
    refusal = f"{NOON}, 400, 'why', '127.0.0.1', x'{b'POST / HTTP/1.1'.hex()}'"
    store_of_version(
        tmp_path,
        "0003",
        [
            f"INSERT INTO refusals VALUES (1, {refusal}, x'{b'whole'.hex()}')",
            f"INSERT INTO refusals VALUES (2, {refusal}, x'{(b'x' * 4096).hex()}')",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        cut, whole = queue_overview.refusals(connection)
        asked = refusals.request_retry(connection, None, NOON)
    database.close()
    assert (whole.body, whole.body_size, whole.kept_size, whole.retries) == (b"whole", 5, 5, 0)
    assert (cut.body_size, cut.kept_size) == (None, None), "an older version cut there"
    assert asked == [1, 2]


def test_mutes_from_before_are_for_ever_and_releases_are_known(tmp_path: Path) -> None:
    issue = f"'T', 'T', 'v', 'c', 'error', 'muted', 0, 3, 0, {NOON}, {NOON}, 7"
    store_of_version(
        tmp_path,
        "0002",
        [
            f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
            f"INSERT INTO issues VALUES (1, 1, {issue})",
            "INSERT INTO issue_keys VALUES (1, 'key', 1)",
            "INSERT INTO issue_tags VALUES (1, 'release', '1.0', 3)",
            "INSERT INTO issue_tags VALUES (1, 'region', 'eu', 3)",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        (found,) = issues.page(connection, EVERYTHING)
        releases = connection.exec_driver_sql("SELECT * FROM releases").all()
        algorithms = connection.exec_driver_sql("SELECT algorithm FROM issue_keys").all()
    database.close()
    assert (found.state, found.count) == (IssueState.MUTED, 3)
    assert (found.mute_rule, found.muted_until, found.resolved_in) == (None, None, None)
    assert [tuple(row) for row in releases] == [(1, "1.0", NOON)]
    assert [tuple(row) for row in algorithms] == [("v1",)]


def test_a_store_from_before_the_size_budget_can_forget_whole_issues(tmp_path: Path) -> None:
    row = f"'T', 'T', 'v', 'c', 'error', 'open', 0, 1, 0, {NOON}, {NOON}, 7, NULL, NULL, NULL, NULL, NULL"
    store_of_version(
        tmp_path,
        "0003",
        [
            f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
            f"INSERT INTO issues VALUES (1, 1, {row})",
            f"INSERT INTO issues VALUES (2, 1, {row})",
            "INSERT INTO issue_keys VALUES (1, 'key', 1, 'v2')",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        removal.remove_issues(connection, [1])
        assert removal.removed_since(connection, 0, None) == (1,)
        assert [issue.id for issue in issues.page(connection, EVERYTHING)] == [2]
    database.close()


def test_issues_from_before_are_resolved_at_no_commit(tmp_path: Path) -> None:
    row = f"'resolved', 0, 3, 1, {NOON}, {NOON}, 7, NULL, NULL, '1.0', NULL, NULL, 0, NULL"
    store_of_version(
        tmp_path,
        "0015",
        [
            f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
            f"INSERT INTO issues VALUES (1, 1, {row})",
            "INSERT INTO issue_descriptions VALUES (1, 'T', 'T', 'v', 'c', 'error')",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        found = issues.get(connection, 1)
        asked = fixes.questions(connection)
    database.close()
    assert found is not None
    assert (found.state, found.resolved_in, found.resolved_commit) == (IssueState.RESOLVED, "1.0", None)
    assert asked == []


def test_issues_from_before_have_no_place_but_their_culprit(tmp_path: Path) -> None:
    row = f"'open', 0, 3, 1, {NOON}, {NOON}, 7, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL"
    store_of_version(
        tmp_path,
        "0017",
        [
            f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
            f"INSERT INTO issues VALUES (1, 1, {row})",
            "INSERT INTO issue_descriptions VALUES (1, 'T', 'T', 'v', 'c', 'error')",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        found = issues.get(connection, 1)
    database.close()
    assert found is not None
    assert (found.culprit, found.place, found.environment) == ("c", None, None)


def test_counters_from_before_are_counted_on(tmp_path: Path) -> None:
    issue = f"'T', 'T', 'v', 'c', 'error', 'open', 0, 3, 1, {NOON}, {NOON}, 7, NULL, NULL, NULL, NULL, NULL"
    store_of_version(
        tmp_path,
        "0010",
        [
            f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
            f"INSERT INTO issues VALUES (1, 1, {issue})",
            "INSERT INTO issue_tags VALUES (1, 'region', 'eu', 3)",
            "INSERT INTO issue_hours VALUES (1, 7, 3)",
            "INSERT INTO issue_users VALUES (1, 'ada')",
        ],
    )
    database = open_for_engine(tmp_path).database
    more = BatchCounts(1, [("region", "eu", 2), ("region", "us", 1)], [(7, 1), (8, 2)], ["ada", "bob"])
    with database.writing() as connection:
        before = tallies.read(connection, 1)
        (newest,) = recent_counts.append(connection, [more]).values()
        connection.exec_driver_sql("UPDATE issues SET newest_counts = ?", (newest,))
        after = tallies.read(connection, 1)
        recent_counts.settle(connection, [1])
        assert tallies.read(connection, 1) == after
    database.close()
    assert (before.tags, before.hours, before.users) == ({("region", "eu"): 3}, {7: 3}, {"ada"})
    assert after.tags == {("region", "eu"): 5, ("region", "us"): 1}
    assert (after.hours, after.users) == ({7: 4, 8: 2}, {"ada", "bob"})


def test_what_had_failed_before_stands_in_no_slow_lane(tmp_path: Path) -> None:
    store_of_version(
        tmp_path,
        "0003",
        [
            f"INSERT INTO reports VALUES (1, {NOON}, 'plain', 'shop', 'a', '', x'', x'')",
            f"INSERT INTO setbacks VALUES (1, 2, {NOON}, 0, 'KeyError', '', NULL)",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        ((report, attempts),) = report_queue.claim_due(connection, NOON, SECOND, limit=5)
        large = report_queue.claim_large(connection, NOON, SECOND)
    database.close()
    assert (report.id, attempts, large) == (1, 2, None)


def test_notices_from_before_know_their_project(tmp_path: Path) -> None:
    issue = f"'T', 'T', 'v', 'c', 'error', 'open', 0, 3, 0, {NOON}, {NOON}, 7, NULL, NULL, NULL, NULL, NULL"
    columns = "dedupe_key, rule_id, issue_id, kind, state, level, title, body, count, created_at, attempts"
    told = f"'sent', 'error', 't', 'b', 1, {NOON}, 1"
    store_of_version(
        tmp_path,
        "0003",
        [
            f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
            f"INSERT INTO issues VALUES (1, 1, {issue})",
            f"INSERT INTO outbox ({columns}) VALUES ('a', 1, 1, 'new', {told})",
            f"INSERT INTO outbox ({columns}) VALUES ('b', 1, NULL, 'more', {told})",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        projects = connection.exec_driver_sql("SELECT project FROM outbox ORDER BY id").scalars().all()
        findings = engine_findings.listed(connection)
    database.close()
    assert (projects, findings) == (["shop", None], [])


def test_nothing_of_an_older_listeners_file_is_left_out(tmp_path: Path) -> None:
    failure = f"1, {NOON}, 'tell', 'listeners.py:1', 'KeyError', 'Traceback', 3"
    store_of_version(tmp_path, "0003", [f"INSERT INTO listener_failures VALUES ({failure})"])
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        assert listener_state.left_out(connection) is None
        listener_state.replace(connection, ListenerState(version="1", deaths=1))
        (kept,) = listener_failures.listed(connection)
    database.close()
    assert kept.count == 3


def test_a_store_from_before_salvages_takes_what_is_carried_over(tmp_path: Path) -> None:
    store_of_version(tmp_path, "0003", [f"INSERT INTO projects VALUES (1, 'shop', {NOON})"])
    database = open_for_engine(tmp_path).database
    reached = SalvageProgress(through=3, carried=2, unreadable=1, has_ended=True)
    with database.writing() as connection:
        salvage.note(connection, "old.sqlite3", reached, NOON)
        assert salvage.all_progress(connection) == [("old.sqlite3", reached)]
    database.close()


def test_requests_from_before_are_still_waiting(tmp_path: Path) -> None:
    requests = [
        f"INSERT INTO wishes VALUES ({id_}, 'run', '{job}', {NOON})"
        for id_, job in ((3, "digest"), (7, "retention"))
    ]
    store_of_version(tmp_path, "0009", requests)
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        waiting = job_requests.waiting(connection)
    database.close()
    assert waiting == [JobRequest(3, "digest"), JobRequest(7, "retention")]


def test_events_from_before_are_counted_by_the_first_sweep(tmp_path: Path) -> None:
    issue = "id, project_id, title, level, state, unread, count, users, first_seen, last_seen, revision"
    rows = [
        f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
        f"INSERT INTO issues ({issue}) VALUES (1, 1, 'Boom', 'error', 'open', 1, 3, 0, {NOON}, {NOON}, 1)",
    ]
    for n in range(1, 4):
        rows.append(f"INSERT INTO reports VALUES ({n}, {NOON}, 'plain', 'shop', 'e{n}', '', x'', x'')")
        rows.append(f"INSERT INTO events VALUES ({n}, 'e{n}', 1, 1, {n}, 0, {NOON}, 'error', 'KeyError')")
    store_of_version(tmp_path, "0010", rows)
    database = open_for_engine(tmp_path).database
    Sweep(database, Retention(), clock=lambda: NOON).run()
    with database.reading() as connection:
        assert event_counts.crowded(connection, 0, 10) == [StoredCount(1, 3)]
    database.close()


def test_releases_from_before_are_found_newest_first_without_sorting(tmp_path: Path) -> None:
    rows = [f"INSERT INTO projects VALUES (1, 'shop', {NOON})"]
    rows += [f"INSERT INTO releases VALUES (1, '1.{n}', {NOON + n})" for n in range(3)]
    store_of_version(tmp_path, "0010", rows)
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        found = releases.known(connection, [1])
        plan = steps_of(connection, lambda: releases.known(connection, [1]))
    database.close()
    assert found == {1: [("1.0", NOON), ("1.1", NOON + 1), ("1.2", NOON + 2)]}
    assert plan
    assert not [step for step in plan if "SCAN" in step or "TEMP B-TREE" in step]


def test_issues_from_before_are_counted(tmp_path: Path) -> None:
    columns = "id, project_id, state, unread, merged_into"
    others = "title, level, count, users, first_seen, last_seen, revision"
    rows = [
        f"INSERT INTO issues ({columns}, {others}) VALUES ({values}, 'T', 'error', 1, 0, 0, 0, 1)"
        for values in (
            "1, 1, 'open', 1, NULL",
            "2, 1, 'regressed', 0, NULL",
            "3, 1, 'resolved', 0, NULL",
            "4, 2, 'open', 1, NULL",
            "5, 2, 'open', 1, 4",
        )
    ]
    projects = [f"INSERT INTO projects VALUES ({name}, {NOON})" for name in ("1, 'shop'", "2, 'blog'")]
    store_of_version(tmp_path, "0010", [*projects, *rows])
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        counts = place_counts.counts(connection)
        connection.exec_driver_sql("UPDATE issues SET state = 'muted' WHERE id = 1")
        muted = place_counts.counts(connection)
    database.close()
    assert counts.views == dict.fromkeys(View, 0) | {
        View.INBOX: 3, View.UNREAD: 2, View.REGRESSED: 1, View.RESOLVED: 1, View.EVERYTHING: 4,
    }  # fmt: skip
    assert [(each.project, each.issues, each.unread) for each in counts.projects] == [
        ("blog", 1, 1),
        ("shop", 2, 1),
    ]
    assert (muted.views[View.INBOX], muted.views[View.MUTED]) == (2, 1)


def test_what_a_store_from_before_holds_is_found_by_the_new_tables(tmp_path: Path) -> None:
    issue = "'open', 0, 2, 1, {}, {}, {}, NULL, NULL, NULL, NULL, NULL, 0"
    first = issue.format(NOON, NOON + SECOND, 7)
    second = issue.format(NOON, NOON, 6)
    ids = "a" * 32, "b" * 32, "c" * 32
    store_of_version(
        tmp_path,
        "0011",
        [
            f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
            f"INSERT INTO reports VALUES (1, {NOON}, 'plain', 'shop', 'a', '', x'', x'')",
            f"INSERT INTO issues VALUES (1, 1, 'T', NULL, 'v', 'c', 'fatal', {first})",
            f"INSERT INTO issues VALUES (2, 1, 'U', 'E', NULL, NULL, 'error', {second})",
            "INSERT INTO issue_keys VALUES (1, 'key', 1, 'v1')",
            "INSERT INTO issue_tags VALUES (1, 'release', '1.0', 2)",
            *(
                f"INSERT INTO events VALUES ({n}, '{ids[n - 1]}', 1, {issue}, 1, 0, {NOON}, 'error', 'T{n}')"
                for n, issue in ((1, 1), (2, 2), (3, 1))
            ),
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        listed = issues.page(connection, EVERYTHING)
        assert lookup_tables.repair(connection) == [], "every table agrees"
        assert [events.find(connection, event_id) for event_id in ids] == [1, 2, 3]
        assert [event.pk for event in events.summaries(connection, issue_id=1)] == [3, 1]
        assert issue_keys.projects_with(connection, [1], ["v1"]) == {1}
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    database.close()
    assert [(issue.id, issue.title, issue.type, issue.level, issue.revision) for issue in listed] == [
        (1, "T", None, "fatal", 7),
        (2, "U", "E", "error", 6),
    ]


def test_events_from_before_are_found_by_the_hour_in_which_they_came(tmp_path: Path) -> None:
    hour = 3_600 * SECOND
    begin = NOON // hour * hour
    arrivals = [begin, begin + 5, begin + hour - 1, begin + hour, *(begin + 7 * hour + n for n in range(9))]
    rows = [f"INSERT INTO projects VALUES (1, 'shop', {NOON})"]
    for number, at in enumerate(arrivals, 1):
        event = f"{number}, 'id{number}', {number}, 1, 1, {number}, 0, {at}, 'error', 'T', NULL, NULL, NULL"
        rows += [
            f"INSERT INTO reports VALUES ({number}, {at}, 'plain', 'shop', 'a', '', x'', x'')",
            f"INSERT INTO events VALUES ({event})",
        ]
    row = f"'open', 0, 3, 1, {NOON}, {NOON}, 7, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL"
    rows.insert(1, f"INSERT INTO issues VALUES (1, 1, {row})")
    store_of_version(tmp_path, "0017", rows)
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        found = connection.execute(select(schema.event_minutes)).all()
    database.close()
    first = begin // (60 * SECOND)
    assert [tuple(row) for row in found] == [(first, 1), (first + 60, 4), (first + 420, 5)]


def test_a_store_from_before_has_nothing_pinned_and_nothing_deleted(tmp_path: Path) -> None:
    issue = f"1, 1, 'open', 1, 2, 0, {NOON}, {NOON}, 1, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL"
    rows = [
        f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
        f"INSERT INTO issues VALUES ({issue})",
        "INSERT INTO issue_descriptions VALUES (1, 'T', NULL, NULL, NULL, 'error')",
        "INSERT INTO issue_keys VALUES (1, 'key', 1, 'v2')",
    ]
    store_of_version(tmp_path, "0017", rows)
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        (listed,) = issues.page(connection, EVERYTHING)
        assert (listed.pinned, pins.number(connection), deletions.listed(connection)) == (False, 0, [])
        number = deletions.begin(connection, "1 issue", NOON)
        assert deleted_issues.delete_issues(connection, [1], number) == (1,)
        assert issues.page(connection, EVERYTHING) == []
        assert deleted_issues.restore_issues(connection, number, [1], NOON).issues == (1,)
        assert issues.page(connection, EVERYTHING)[0].id == 1
        assert issue_keys.of_issue(connection, 1) == {"key"}
    database.close()


def test_events_from_before_are_found_by_their_words_and_then_by_all_of_their_text(tmp_path: Path) -> None:
    body = envelope("a" * 32, breadcrumbs=[{"message": "zebra"}], environment="dev").hex()
    head = b"POST /api/1/envelope/ HTTP/1.1".hex()
    issue = f"1, 1, 'open', 1, 1, 0, {NOON}, {NOON}, 1, NULL, NULL, NULL, NULL, NULL, 0, 1, NULL"
    report = f"'sentry.envelope', 'shop', '{'a' * 32}', '127.0.0.1', x'{head}', x'{body}'"
    rows = [
        f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
        f"INSERT INTO issues VALUES ({issue})",
        "INSERT INTO issue_descriptions VALUES (1, 'T', NULL, NULL, NULL, 'error')",
        f"INSERT INTO reports VALUES (1, {NOON}, {report})",
        f"INSERT INTO events VALUES (1, '{'a' * 32}', 1, 1, 1, 1, 0, {NOON}, 'error', 'T', 'T', 'v', 'c')",
        "INSERT INTO event_search (rowid, words, tags) VALUES (1, 'KeyError card', 'environment dev')",
    ]
    store_of_version(tmp_path, "0017", rows)
    database = open_for_engine(tmp_path).database

    def found(text: str) -> list[int]:
        with database.reading() as connection:
            return [event.pk for event in events.summaries(connection, text=text)]

    assert (found("card level:error"), found("zebra"), found("env:dev")) == ([1], [], [])
    assert SearchFiller(database).run() == 1
    assert (found("card level:error"), found("zebra -card"), found("zebra env:dev")) == ([1], [], [1])
    database.close()


def test_a_store_from_before_takes_traces(tmp_path: Path) -> None:
    store_of_version(tmp_path, "0015", [f"INSERT INTO projects VALUES (1, 'shop', {NOON})"])
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        part = Part(received_at=NOON, project_id=1, server=None, content=b"spans", traces=frozenset("a"))
        trace_rows.add(connection, [part], [])
        found = trace_lookup.numbers_of(connection, "a", NOON)
    database.close()
    assert found.parts == (1,)


def test_projects_from_before_are_shown_by_the_name_that_their_app_sends(tmp_path: Path) -> None:
    store_of_version(tmp_path, "0019", [f"INSERT INTO projects VALUES (1, 'shop', {NOON})"])
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        (found,) = project_acts.listed(connection)
    database.close()
    assert found == project_acts.ProjectLook(id=1, name="shop", shown="shop")


def test_a_store_from_before_has_no_runs_and_its_events_are_of_none_that_begins(tmp_path: Path) -> None:
    row = f"'open', 0, 1, 0, {NOON}, {NOON}, 7, NULL, NULL, NULL, NULL, NULL, 0, 9, NULL, 0"
    event = f"9, 'id9', 9, 1, 1, 4, 0, {NOON}, 'error', 'T', NULL, NULL, NULL, NULL, NULL"
    store_of_version(
        tmp_path,
        "0022",
        [
            f"INSERT INTO projects (id, name, created_at, shown) VALUES (1, 'shop', {NOON}, 'shop')",
            f"INSERT INTO reports VALUES (4, {NOON}, 'plain', 'shop', 'a', '', x'', x'')",
            f"INSERT INTO issues VALUES (1, 1, {row})",
            "INSERT INTO issue_descriptions VALUES (1, 'T', NULL, NULL, NULL, 'error', NULL, NULL)",
            f"INSERT INTO events VALUES ({event})",
            "UPDATE state SET digested_through = 4",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        assert runs.listed(connection) == []
        number = runs.begin(connection, make_run())
        found = runs.get(connection, number)
        assert found is not None
        assert (found.first_report, found.first_event) == (5, 9)
        assert issues.page(connection, IssueFilter(View.EVERYTHING, text="run:1")) == []
        assert len(issues.page(connection, EVERYTHING)) == 1
    database.close()


def test_a_store_from_before_passes_nothing_on_and_has_no_faults(tmp_path: Path) -> None:
    project = f"1, 'shop', {NOON}, 'shop', NULL, 0, NULL, NULL"
    store_of_version(tmp_path, "0022", [f"INSERT INTO projects VALUES ({project})"])
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        assert forwards.listed(connection) == []
        assert faults.listed(connection, NOON) == []
        added = forwards.add(connection, 1, "https://k@h/1", after_report=0, now=NOON)
    database.close()
    assert added.project == "shop"
