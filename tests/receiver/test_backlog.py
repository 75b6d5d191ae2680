"""Too much that waits for the digest is refused, until there is room again."""

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from app.receiver.backlog import Backlog
from app.receiver.refused import Refused
from app.settings import Settings
from app.store.database import Database
from app.store.schema import state
from tests.factories import append, envelope, make_report
from tests.receiver.conftest import Start

EVENT = "0123456789abcdef0123456789abcdef"


def test_reports_beyond_the_limit_are_refused_until_some_are_digested(
    start: Start, database: Database
) -> None:
    running = start(max_backlog_reports=2)
    assert [running.ask(body=envelope(f"{n:032x}")).status for n in range(3)] == [200, 200, 503]
    answer = running.ask(body=envelope(EVENT))
    assert b"max_backlog_reports" in answer.body
    assert answer.headers["retry-after"]
    with database.writing() as connection:
        connection.execute(update(state).values(digested_through=2))
    # The receiver looks how far the digest is now and then; each try is a round trip.
    assert any(running.ask(body=envelope(EVENT)).status == 200 for _try in range(2_000))


def test_bytes_beyond_the_limit_are_refused(start: Start) -> None:
    running = start(max_backlog_bytes=30_000)
    body = envelope(EVENT, message="x" * 10_000)
    assert [running.ask(body=body).status for _number in range(4)] == [200, 200, 503, 503]


def test_reports_pending_at_the_start_count(start: Start, database: Database) -> None:
    append(database, make_report(1), make_report(2))
    running = start(max_backlog_reports=2)
    assert running.ask(body=envelope(EVENT)).status == 503


def test_a_batch_that_could_not_be_written_leaves_room(settings: Settings) -> None:
    backlog = Backlog(replace(settings, max_backlog_reports=2))
    backlog.admit(10)
    backlog.admit(10)
    assert not has_room(backlog)
    backlog.failed(2, 20)
    assert has_room(backlog)


def test_a_batch_has_left_once_its_last_report_is_digested(settings: Settings) -> None:
    backlog = Backlog(replace(settings, max_backlog_reports=3))
    for _report in range(3):
        backlog.admit(10)
    backlog.written(2, 2, 20)
    backlog.written(3, 1, 10)
    backlog.digested(1)
    assert not has_room(backlog)
    backlog.digested(2)
    assert [has_room(backlog) for _report in range(3)] == [True, True, False]


def test_carried_reports_wait_until_they_are_digested(settings: Settings) -> None:
    backlog = Backlog(replace(settings, max_backlog_reports=2))
    backlog.carried(5, 2, 20)
    assert not has_room(backlog)
    backlog.digested(5)
    assert has_room(backlog)


def test_what_is_not_yet_written_has_a_limit_of_its_own(settings: Settings) -> None:
    backlog = Backlog(replace(settings, max_body_bytes=1_000))
    backlog.admit(4_001)
    with pytest.raises(Refused, match="The disk cannot keep up") as refused:
        backlog.admit(1)
    assert refused.value.status == 503
    backlog.written(1, 1, 4_001)
    backlog.admit(1)


def has_room(backlog: Backlog) -> bool:
    """Whether one more report was admitted."""
    try:
        backlog.admit(10)
    except Refused:
        return False
    return True
