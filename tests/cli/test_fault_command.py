"""`main.py fault`: sets, lists and ends, for a project by any of its names."""

from pathlib import Path

import pytest

from app.cli.exit_codes import DONE, FAILED, USAGE_ERROR
from app.clock import now_micros
from app.store.engine_state import faults, job_requests
from app.store.engine_state.faults import FaultAnswer
from tests.cli.main import rows, run
from tests.factories import SECOND, Store


def test_it_is_set_listed_and_ended(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "fault") == DONE
    assert "No fault is set." in capsys.readouterr().out
    assert run(tmp_path, "fault", "shop", "--answer", "slow", "--seconds", "2.5", "--share", "50%") == DONE
    assert "50% of the requests of shop are stored, and answered 2.5 s late" in capsys.readouterr().out
    (found,) = store.read(faults.listed, now_micros())
    assert (found.answer, found.share, found.until - found.since) == (FaultAnswer.SLOW, 0.5, 300 * SECOND)
    assert [each.job for each in store.read(job_requests.waiting)] == [faults.JOB]
    assert run(tmp_path, "fault", "other", "--answer", "429", "--for", "9w") == DONE
    capsys.readouterr()
    assert run(tmp_path, "fault", "--json") == DONE
    assert [(each["project"], each["answer"]) for each in rows(capsys)] == [
        ("other", "429"),
        ("shop", "slow"),
    ]
    (longest, _shop) = store.read(faults.listed, now_micros())
    assert longest.until - longest.since == faults.LONGEST_SECONDS * SECOND
    assert run(tmp_path, "fault", "shop", "--end") == DONE
    assert run(tmp_path, "fault", "--end") == DONE
    assert run(tmp_path, "fault", "--end") == DONE
    assert "No fault was set." in capsys.readouterr().out


def test_what_is_missing_is_said(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "fault", "--answer", "500") == FAILED
    assert "Name the PROJECT" in capsys.readouterr().err
    for wrong in (("--answer", "418"), ("--share", "0%"), ("--share", "120"), ("--answer", "500", "--end")):
        with pytest.raises(SystemExit) as ended:
            run(tmp_path, "fault", "shop", *wrong)
        assert ended.value.code == USAGE_ERROR
