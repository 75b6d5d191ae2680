"""Prepared statements: compiled once, and as safe as those of SQLAlchemy."""

from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from app.store import failures
from app.store import schema as t
from app.store.database import Database
from app.store.prepared import Prepared
from tests.factories import NOON, Store

NAMES = Prepared(
    select(t.projects.c.id, t.projects.c.name)
    .where(t.projects.c.id >= bindparam("least"), t.projects.c.created_at == NOON)
    .order_by(t.projects.c.id)
    .limit(bindparam("most"))
)
ADD = Prepared(insert(t.projects).values(id=bindparam("number"), name=bindparam("name"), created_at=NOON))
RENAME = Prepared(
    update(t.projects).values(name=bindparam("new")).where(t.projects.c.id == 1).returning(t.projects.c.name)
)


def fill(store: Store) -> None:
    for number, name in enumerate(("shop", "mail", "search"), 1):
        store.write(ADD.run, number=number, name=name)


def test_values_stand_in_their_places_whatever_the_order(store: Store) -> None:
    fill(store)
    with store.database.reading() as connection:
        assert list(NAMES.rows(connection, most=2, least=2)) == [(2, "mail"), (3, "search")]
        assert list(NAMES.rows(connection, least=1, most=1)) == [(1, "shop")]
        assert NAMES.first(connection, least=3, most=9) == (3, "search")
        assert NAMES.value(connection, least=2, most=9) == 2
        assert NAMES.first(connection, least=4, most=9) is None
        assert NAMES.value(connection, least=4, most=9) is None


def test_a_change_that_returns_a_row_is_made(store: Store) -> None:
    fill(store)
    assert store.write(RENAME.value, new="store") == "store"
    assert store.read(NAMES.first, least=1, most=1) == (1, "store")


def test_rows_are_read_one_at_a_time(store: Store) -> None:
    fill(store)
    with store.database.reading() as connection:
        rows = NAMES.rows(connection, least=1, most=9)
        assert next(rows) == (1, "shop")
        rows.close()  # type: ignore[attr-defined]
        assert NAMES.value(connection, least=1, most=1) == 1


def test_errors_are_those_of_sqlalchemy(store: Store) -> None:
    fill(store)
    with pytest.raises(IntegrityError) as raised:
        store.write(ADD.run, number=1, name="twice")
    assert not failures.is_environment_error(raised.value)
    impatient = Database(store.database.file, busy_seconds=0.01)
    with (
        store.database.writing(),
        impatient.maintaining() as connection,
        pytest.raises(OperationalError) as late,
    ):
        ADD.run(connection, number=9, name="late")
    impatient.close()
    assert failures.is_locked(late.value)


def test_damage_is_reported_with_the_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    found: list[tuple[Path, BaseException]] = []
    monkeypatch.setattr(failures, "damage_observers", [lambda file, error: found.append((file, error))])
    with store.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'projects'")
    store.database.close()
    with pytest.raises(DatabaseError):
        store.read(NAMES.first, least=1, most=1)
    assert [file for file, _error in found] == [store.database.file]
