"""Records of loggers: which may tell of an error."""

import pytest

from app.printed.json_records import is_record, may_be_error


@pytest.mark.parametrize(
    "line",
    [
        '{"level":"error","msg":"it failed"}',
        '{"time":"x","level":"ERROR","msg":"x"}',
        '{"severity":"CRITICAL","message":"x"}',
        '{"level":50,"msg":"pino"}',
        '{"levelname": "ERROR"}',
        '{"log.level":"fatal"}',
        '{"level":"info","exc_info":"Traceback (most recent call last):\\n  File \\"a.py\\", line 1"}',
        '{"msg":"panic: x\\n\\ngoroutine 1 [running]:"}',
    ],
)
def test_these_may(line: str) -> None:
    assert may_be_error(line)


@pytest.mark.parametrize(
    "line",
    [
        '{"level":"info","msg":"no error here"}',
        '{"level":30,"msg":"x"}',
        '{"level":"error","msg":"cut',
        'x {"level":"error"}',
        "{'level': 'error'}",
        '{"exc_info":""}',
        "",
    ],
)
def test_these_do_not(line: str) -> None:
    assert not may_be_error(line)


def test_a_record_is_one_object_a_line() -> None:
    assert is_record('{"a":1}')
    assert not is_record("{}")
    assert not is_record("{a}")
    assert not is_record('{"init terminating in do_boot",{badarg,[]}}')
