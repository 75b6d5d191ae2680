"""`verify` where it cannot begin; with an engine it is tested from outside (`end2end/`)."""

from pathlib import Path

import pytest

from app.cli.exit_codes import ENVIRONMENT_ERROR, USAGE_ERROR
from tests.cli.main import run
from tests.factories import Store


def test_nothing_to_run_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "verify", "1") == USAGE_ERROR
    assert capsys.readouterr().err == "Say what to run: main.py verify ISSUE -- COMMAND.\n"


def test_an_issue_that_is_not_there_is_wrong_usage(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--data-dir", str(tmp_path), "verify", "9", "--", "true") == USAGE_ERROR
    assert "There is no issue 9" in capsys.readouterr().err


def test_without_a_store_it_is_an_error_of_the_environment(tmp_path: Path) -> None:
    assert run(tmp_path, "--data-dir", str(tmp_path), "verify", "9", "--", "true") == ENVIRONMENT_ERROR
