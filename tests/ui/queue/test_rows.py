"""The rows of the queue."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from app.model import from_micros
from app.store.engine_state.job_runs import JobRun
from app.store.engine_state.listener_state import LeftOut
from app.store.queue.queue_overview import Refusal
from tests.factories import NOON, make_report
from ui.queue.rows import (
    MOST_REFUSED_BYTES,
    job_row,
    left_out_row,
    next_run,
    raw_text,
    refusal_row,
    refused_body_text,
)

AT = from_micros(NOON)
REFUSED = Refusal(
    id=4,
    at=AT,
    status=401,
    reason="unknown key",
    remote="10.0.0.7",
    head="POST /api/1/store/?token=s3cret HTTP/1.1\r\nAuthorization: Bearer s3cret",
    body=b"",
)
RAN = JobRun(
    job="retention",
    every=300.0,
    next_due=AT,
    last_started=AT,
    last_ended=AT,
    seconds=0.5,
    runs=1,
    last_error=None,
)


def test_secrets_of_a_refused_request_are_hidden() -> None:
    row = refusal_row(REFUSED)
    assert "s3cret" not in row.text + row.where + row.title
    assert row.title == "401  unknown key"
    assert "older version kept the first 4,096 bytes" in row.text


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "refused"),
        ({"retries": 1}, "refused again"),
        ({"retries": 1, "is_requested": True}, "tried again now"),
    ],
)
def test_the_outcome_of_a_refused_request(fields: dict[str, Any], state: str) -> None:
    assert refusal_row(replace(REFUSED, **fields)).where.startswith(f"{state} · 10.0.0.7")


@pytest.mark.parametrize(("seconds_late", "ahead"), [(-10, 10), (0, 0), (1, 299), (300, 0), (3_001, 299)])
def test_the_next_run_is_never_in_the_past(seconds_late: int, ahead: int) -> None:
    now = AT + timedelta(seconds=seconds_late)
    assert next_run(RAN, now) == now + timedelta(seconds=ahead)


def test_a_job_that_is_only_woken_has_no_next_run() -> None:
    assert next_run(replace(RAN, every=None, next_due=None), AT) is None
    assert "when it is woken" in job_row(replace(RAN, every=None, next_due=None)).where


def test_a_failed_job_shows_the_reason() -> None:
    row = job_row(replace(RAN, last_error="OSError: no room"))
    assert (row.title, row.token) == ("retention: OSError: no room", "level_error")


def test_a_very_long_body_is_cut_with_a_note() -> None:
    assert refused_body_text(b"x" * (MOST_REFUSED_BYTES + 9)).endswith("and 9 bytes more: main.py queue show")
    assert refused_body_text(b"\xff{}") == "\\xff{}"


def test_the_secrets_of_a_report_are_hidden() -> None:
    report = make_report(1, head=b"POST /x HTTP/1.1")
    assert "hunter2" not in raw_text(report, b'{"password": "hunter2"}')


def test_a_disabled_listeners_file_comes_first_with_a_remedy() -> None:
    row = left_out_row(LeftOut(since=AT, why="exit code 1", functions=()))
    assert row.title == "listeners.py is left out"
    assert row.where == "save the file to try again · exit code 1"
