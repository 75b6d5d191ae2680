"""The first page of the inbox by the driver alone: the same as the store's own, or nothing."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.model import IssueState
from app.store import database as database_module
from app.store import first_issues
from app.store.database import Database
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter
from tests.factories import NOON, SECOND, Store, make_event, set_state

STATES = (
    IssueState.OPEN,
    IssueState.REGRESSED,
    IssueState.RESOLVED,
    IssueState.MUTED,
    IssueState.OPEN,
)


def fill(store: Store) -> None:
    for number, state in enumerate(STATES * 3):
        store.file(make_event(value=str(number), function=f"f{number}"), at=NOON + number * SECOND)
        with store.database.writing() as connection:
            set_state(connection, [number + 1], state)


@pytest.mark.parametrize("limit", [1, 4, 300])
def test_it_is_the_page_that_the_store_reads(store: Store, limit: int) -> None:
    fill(store)
    found = first_issues.read(store.database.file, limit)
    assert found is not None
    assert found.issues == store.read(issues.page, IssueFilter(), limit=limit)
    assert found.issues
    assert found.revision == store.read(issues.revision)


def test_it_scans_and_sorts_nothing(store: Store) -> None:
    with store.database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {first_issues.FIRST_ISSUES}", (300,)).all()
    first, *others = [row[3] for row in plan]
    assert first == "SCAN issue_order", "in its order, from the newest place down to the limit"
    hidden = ("LIST SUBQUERY 1", "SEARCH projects USING COVERING INDEX projects_hidden (hidden=?)")
    assert all("USING INTEGER PRIMARY KEY" in step or step in hidden for step in others), others


def test_the_newest_migration_is_the_one_that_the_store_demands() -> None:
    assert first_issues.newest() == database_module.HEAD


def of_another_version(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")


def without_a_version(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM alembic_version")


def damaged(file: Path) -> None:
    file.write_bytes(b"no database")


def a_link(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


@pytest.mark.parametrize("spoil", [of_another_version, without_a_version, damaged, a_link, Path.unlink])
def test_what_cannot_be_read_is_not_there(database: Database, spoil: Callable[[Path], None]) -> None:
    database.close()
    assert first_issues.read(database.file, 300) is not None
    spoil(database.file)
    assert first_issues.read(database.file, 300) is None


def test_it_loads_without_sqlalchemy() -> None:
    code = "import sys; from app import store; store.first_issues; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
