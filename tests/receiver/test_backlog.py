from pathlib import Path

import pytest

from app.receiver.backlog import Backlog
from app.receiver.refused import Refused
from app.settings import Settings


def backlog(tmp_path: Path, **settings: int) -> Backlog:
    return Backlog(Settings(data_dir=tmp_path, **settings))  # type: ignore[arg-type]  # all of them are numbers


def test_no_more_reports_than_may_wait(tmp_path: Path) -> None:
    waiting = backlog(tmp_path, max_backlog_reports=2)
    waiting.admit(10)
    waiting.admit(10)

    with pytest.raises(Refused, match="max_backlog_reports") as refused:
        waiting.admit(10)

    assert (refused.value.status, refused.value.retry_after is not None) == (503, True)
    waiting.written(2, 2, 20)
    waiting.digested(1)
    with pytest.raises(Refused):
        waiting.admit(10)
    waiting.digested(2)
    waiting.admit(10)


def test_no_more_bytes_than_may_wait(tmp_path: Path) -> None:
    waiting = backlog(tmp_path, max_backlog_bytes=100)
    waiting.found(7, 3, 90)

    with pytest.raises(Refused, match="max_backlog_bytes"):
        waiting.admit(11)
    waiting.admit(10)
    waiting.failed(1, 10)
    waiting.admit(10)


def test_a_full_backlog_refuses_until_the_disk_has_written(tmp_path: Path) -> None:
    waiting = backlog(tmp_path, max_body_bytes=10)
    waiting.admit(41)

    with pytest.raises(Refused, match="disk cannot keep up"):
        waiting.admit(1)
    waiting.written(1, 1, 41)
    waiting.admit(1)
