"""A pause of intake, as it is stored: when it ends, what is counted, and how it is described."""

from pathlib import Path

import pytest

from app import intake_pause
from app.clock import now_micros
from app.intake_pause import Pause

HOUR = 3_600_000_000


def test_a_pause_is_there_until_it_is_ended(tmp_path: Path) -> None:
    assert intake_pause.read(tmp_path) is None
    assert intake_pause.end(tmp_path) is None
    pause = intake_pause.begin(tmp_path)
    assert intake_pause.read(tmp_path) == pause
    assert intake_pause.read(tmp_path, pause.since + 1_000 * HOUR) == pause
    assert intake_pause.end(tmp_path) == pause
    assert intake_pause.read(tmp_path) is None


def test_a_pause_with_a_time_ends_by_itself(tmp_path: Path) -> None:
    pause = intake_pause.begin(tmp_path, 3_600)
    assert pause.until == pause.since + HOUR
    assert intake_pause.read(tmp_path, pause.since + HOUR - 1) == pause
    assert intake_pause.read(tmp_path, pause.since + HOUR) is None


def test_a_longer_pause_keeps_its_beginning_and_its_count(tmp_path: Path) -> None:
    first = intake_pause.begin(tmp_path, 60)
    intake_pause.count(tmp_path, Pause(since=first.since, turned_away=7))
    longer = intake_pause.begin(tmp_path)
    assert (longer.since, longer.until, longer.turned_away) == (first.since, None, 7)


def test_what_was_counted_in_an_earlier_pause_is_not_stored(tmp_path: Path) -> None:
    pause = intake_pause.begin(tmp_path)
    intake_pause.count(tmp_path, Pause(since=pause.since - 1, turned_away=7))
    assert intake_pause.read(tmp_path) == pause
    intake_pause.end(tmp_path)
    intake_pause.count(tmp_path, Pause(since=pause.since, turned_away=7))
    assert intake_pause.read(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"until": 3}'])
def test_a_file_that_cannot_be_read_pauses_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / intake_pause.FILE).write_bytes(content)
    assert intake_pause.read(tmp_path) is None
    assert intake_pause.begin(tmp_path) == intake_pause.read(tmp_path)


def test_it_is_described_with_its_time_and_what_was_turned_away() -> None:
    now = now_micros()
    assert intake_pause.describe(now, None, 0, now=now).startswith("Intake paused since ")
    said = intake_pause.describe(now - 48 * HOUR, now, 312, now=now)
    assert said.count("-") == 2, "the date stands with another day's time, and there only"
    assert said.endswith(", 312 reports turned away")
    assert " until " in said
