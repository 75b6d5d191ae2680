"""The window's access to the store."""

from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.model import IssueState
from app.store.errors import DatabaseMissing
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter
from app.store.inbox.triage import actions
from tests.factories import Store, make_event, set_state
from tests.ui.outcomes import never
from ui.link.background import Background
from ui.link.store_access import StoreAccess


def test_it_reads_and_writes(access: StoreAccess, store: Store, qtbot: QtBot) -> None:
    store.file(make_event())
    found: list[int] = []
    access.read(
        lambda connection: issues.page(connection, IssueFilter()),
        lambda page: found.extend(i.id for i in page),
    )
    qtbot.waitUntil(lambda: bool(found))
    done: list[actions.Undo] = []
    access.write(lambda connection: set_state(connection, found, IssueState.MUTED), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert store.read(issues.page, IssueFilter()) == []


def test_a_missing_store_is_an_environment_error(
    tmp_path: Path, background: Background, qtbot: QtBot
) -> None:
    access = StoreAccess(tmp_path / "nothing", background)
    with qtbot.waitSignal(access.troubled) as trouble:
        access.read(issues.revision, never)
    assert "no error store" in trouble.args[0]


def test_a_caller_may_handle_an_environment_error(
    tmp_path: Path, background: Background, qtbot: QtBot
) -> None:
    access = StoreAccess(tmp_path / "nothing", background)
    errors: list[BaseException] = []
    access.read(issues.revision, never, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], DatabaseMissing)


def test_an_unusable_store_is_reported_as_a_sentence(access: StoreAccess, qtbot: QtBot) -> None:
    def write_where_nothing_may_be_written(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("DELETE FROM issues")

    with qtbot.waitSignal(access.troubled) as trouble:
        access.read(write_where_nothing_may_be_written, never)
    assert "readonly" in trouble.args[0]


def test_our_bugs_are_raised(access: StoreAccess, qtbot: QtBot) -> None:
    errors: list[BaseException] = []
    access.read(lambda connection: connection.exec_driver_sql("SELECT nonsense"), never, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    with pytest.raises(OperationalError, match="nonsense"):
        access.report_problem(errors[0])


def test_it_can_be_opened_again(access: StoreAccess, store: Store, qtbot: QtBot) -> None:
    seen: list[int] = []
    access.read(issues.revision, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 1)
    access.reopen()
    store.file(make_event())
    access.read(issues.revision, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[1] > seen[0]


def test_a_query_that_nobody_waits_for_is_interrupted(
    access: StoreAccess, store: Store, background: Background, qtbot: QtBot
) -> None:
    began, errors = Event(), []
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def count(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT 1").all()
        began.set()
        try:
            connection.exec_driver_sql(endless).all()
        except OperationalError as error:
            errors.append(str(error))
            raise

    ticket = access.read(count, never, never)
    assert began.wait(60)

    def is_interrupted() -> bool:
        # The query begins a moment later: what is interrupted before that goes on.
        ticket.cancel()
        return bool(errors)

    qtbot.waitUntil(is_interrupted)
    assert "interrupted" in errors[0]
    arrived: list[int] = []
    access.read(issues.revision, arrived.append)
    qtbot.waitUntil(lambda: bool(arrived))
