"""`run` and `read` where they cannot begin; with an engine they are tested from outside (`end2end/`)."""

from pathlib import Path

import pytest

from app.cli import run_commands
from app.cli.exit_codes import ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from app.runs.run import Ended
from tests.cli.main import run


@pytest.mark.parametrize("arguments", [["run"], ["run", "--project", "shop"]])
def test_nothing_to_run_is_wrong_usage(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, *arguments) == USAGE_ERROR
    assert capsys.readouterr().err == "Say what to run: main.py run -- COMMAND.\n"


def test_a_log_that_cannot_be_read_fails_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = tmp_path / "nothing.log"
    assert run(tmp_path, "read", str(nothing)) == FAILED
    assert capsys.readouterr().err == f"{nothing}: No such file or directory.\n"
    assert run(tmp_path, "read", str(tmp_path)) == FAILED
    assert capsys.readouterr().err == f"{tmp_path}: is a folder: name the files in it.\n"


def test_a_folder_that_cannot_be_used_is_an_error_of_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, data = tmp_path / "shop.log", tmp_path / "data"
    log.touch()
    data.touch()
    assert run(data, "read", str(log)) == ENVIRONMENT_ERROR
    assert "Nothing was read: the data folder" in capsys.readouterr().err


def test_what_is_missing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    run_commands.say_what_is_missing(Ended(0, sent=3))
    assert capsys.readouterr().err == ""
    run_commands.say_what_is_missing(Ended(0, unrecorded="It is locked."))
    assert capsys.readouterr().err == "The run is not in the list of runs: It is locked.\n"
    run_commands.say_what_is_missing(Ended(0, 1, ("it is full", "it is full"), 7_400_000, "A mistake."))
    assert capsys.readouterr().err == (
        "2 errors could not be sent: it is full.\n"
        "7 MB of output came faster than it could be read for errors.\n"
        "Errors of this run may be missing. A mistake.\n"
    )
