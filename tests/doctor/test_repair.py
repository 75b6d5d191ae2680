"""`doctor --repair` rebuilds what can be derived, and changes nothing else."""

from typing import Any

import pytest
from sqlalchemy import Connection, text

from app.digest.pipeline import Digest
from app.doctor import repair
from app.doctor.repair import RegroupingUnderWay
from app.model import IssueState
from app.settings import Settings
from app.store.grouping import corrections
from app.store.inbox.counts import recent_counts
from app.store.inbox.events.removal import remove_events
from app.store.inbox.lists import events, issues
from app.store.places import place_counts
from tests.factories import NOON, Store, append, envelope, make_report, set_state

TABLES = ("issues", "issue_tags", "issue_hours", "issue_users", "events", "history", "reports")


def filled(store: Store) -> None:
    """File real reports, so that reading them again gives the same events."""
    bodies = [
        envelope(
            f"{n:032x}",
            tags={"region": ("eu", "us")[n % 2]},
            user={"id": str(n % 3)},
            exception={"values": [{"type": ("KeyError", "OSError")[n % 2], "value": "zebra"}]},
        )
        for n in range(1, 9)
    ]
    append(
        store.database,
        *(make_report(n, body=body, event_id=f"{n:032x}") for n, body in enumerate(bodies, 1)),
    )
    Digest(store.database, Settings(), clock=lambda: NOON).run()
    store.write(recent_counts.settle_all)


def dump(connection: Connection) -> dict[str, Any]:
    return {name: connection.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2")).all() for name in TABLES}


DAMAGES: dict[str, str] = {
    "counts": "UPDATE issues SET count = count + 70, users = 9",
    "tags": "DELETE FROM issue_tags",
    "hours": "DELETE FROM issue_hours",
    "users": "DELETE FROM issue_users",
    "search": "DELETE FROM event_search",
    "search words": "UPDATE event_search SET words = 'giraffe'",
    "orphaned tags": "INSERT INTO issue_tags VALUES (99, 'a', 'b', 1)",
    "orphaned keys": "INSERT INTO issue_keys VALUES (1, 'nowhere', 99, 'v2')",
    "orphaned event": (
        "INSERT INTO events VALUES (99, 'x', 5, 1, 1, 999, 0, 0, 'error', 'gone', '', '', '', '', '')"
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_repaired_and_a_second_run_finds_nothing(damage: str, store: Store) -> None:
    filled(store)
    before = store.read(dump)
    with store.database.maintaining() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql(DAMAGES[damage])
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    first = repair.run(store.database)
    assert store.read(dump) == before
    assert len(store.read(events.summaries, text="zebra region:eu")) == 4
    assert first.indexed == 8
    again = repair.run(store.database)
    assert (again.orphans, again.counts, again.users, again.tags, again.hours) == ({}, 0, 0, 0, 0)


def test_the_sidebars_numbers_are_counted_again(store: Store) -> None:
    filled(store)
    before = store.read(place_counts.counts)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE issue_counts SET count = count + 7")
    repair.run(store.database)
    assert store.read(place_counts.counts) == before


def test_events_that_retention_removed_still_count(store: Store) -> None:
    filled(store)
    with store.database.writing() as connection:
        remove_events(connection, [3, 4, 5])
    before = store.read(dump)
    repair.run(store.database)
    assert store.read(dump) == before
    assert sum(issue.count for issue in store.read(issues.page, issues.IssueFilter())) == 8


def test_states_set_by_the_user_are_preserved(store: Store) -> None:
    filled(store)
    store.write(set_state, [1], IssueState.RESOLVED)
    before = store.read(dump)
    repair.run(store.database)
    assert store.read(dump) == before


def test_unreadable_reports_are_counted(store: Store) -> None:
    filled(store)
    store.write(lambda connection: connection.exec_driver_sql("UPDATE reports SET body = '{' WHERE id = 3"))
    before = store.read(dump)
    assert repair.run(store.database).unreadable == 1
    assert store.read(dump) == before


def test_repair_is_refused_during_a_regrouping(store: Store) -> None:
    filled(store)
    store.write(begin_regrouping)
    with pytest.raises(RegroupingUnderWay, match="under way"):
        repair.run(store.database)


def begin_regrouping(connection: Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO regroupings (kind, title, state, created_at, done, total, definition) "
        f"VALUES ('merge', 'x', '{corrections.State.RUNNING}', 0, 0, 1, '{{}}')"
    )
