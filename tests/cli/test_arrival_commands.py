"""The commands about what has come and why nothing comes, without an engine."""

from pathlib import Path

import pytest

from app.cli.exit_codes import DONE, FAILED
from tests.cli.main import rows, run


def test_event_is_printed_and_an_unknown_one_fails(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "event", event_id) == DONE
    assert "KeyError: 'card'" in capsys.readouterr().out
    assert run(tmp_path, "event", "0" * 32) == FAILED
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "There is no event 0000" in streams.err


def test_doctor_fails_when_there_is_a_problem(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "doctor", "--json") == FAILED
    (found,) = rows(capsys)
    findings = found["findings"]
    assert isinstance(findings, list)
    assert findings[0]["severity"] == "problem"
    assert findings[0]["title"] == "The engine does not run on this folder."
