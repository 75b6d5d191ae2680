"""`pause` and `resume`: for an engine that runs, and before there is any."""

from pathlib import Path

import pytest

from app import intake_pause
from app.cli.exit_codes import DONE
from app.store.engine_state import job_requests
from tests.cli.main import run
from tests.factories import Store


def test_before_the_first_start_it_is_stored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "pause", "--for", "30m") == DONE
    pause = intake_pause.read(tmp_path)
    assert pause is not None
    assert pause.until == pause.since + 1_800_000_000
    assert run(tmp_path, "resume") == DONE
    assert run(tmp_path, "resume") == DONE
    assert intake_pause.read(tmp_path) is None
    out = capsys.readouterr().out
    assert "Intake paused since" in out
    assert "Intake was not paused." in out


def test_a_running_engine_is_told_through_the_store(store: Store, tmp_path: Path) -> None:
    assert run(tmp_path, "pause") == DONE
    assert run(tmp_path, "resume") == DONE
    assert [request.job for request in store.read(job_requests.waiting)] == [intake_pause.JOB] * 2
