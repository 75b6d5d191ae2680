"""Whether traces are stored is followed while the digest runs."""

import logging
from pathlib import Path

import pytest

from app import preferences
from app.digest import trace_choice
from app.digest.trace_choice import LOOKED_AT_EVERY_SECONDS, TraceChoice
from app.store.traces.removal import NOTHING, TraceBounds


def test_without_preferences_an_hour_is_stored(tmp_path: Path) -> None:
    assert trace_choice.read(tmp_path) == TraceBounds(1, 200)


def test_switched_off_nothing_is(tmp_path: Path) -> None:
    preferences.change(tmp_path, traces_stored=False)
    assert trace_choice.read(tmp_path) == NOTHING


def test_preferences_that_cannot_be_read_are_the_defaults(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / preferences.FILE).write_text("{")
    with caplog.at_level(logging.WARNING):
        assert trace_choice.read(tmp_path) == TraceBounds(1, 200)
    assert "cannot be read" in caplog.text


def test_a_change_is_seen_at_the_next_look(tmp_path: Path) -> None:
    now = [0.0]
    choice = TraceChoice(tmp_path, clock=lambda: now[0])
    assert choice.bounds == TraceBounds(1, 200)
    preferences.change(tmp_path, traces_hours=3, traces_megabytes=50)
    assert choice.bounds == TraceBounds(1, 200)
    now[0] += LOOKED_AT_EVERY_SECONDS
    assert choice.bounds == TraceBounds(3, 50)
    preferences.change(tmp_path, traces_stored=False)
    now[0] += LOOKED_AT_EVERY_SECONDS
    assert choice.bounds == NOTHING
