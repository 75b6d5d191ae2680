"""What is asked about the program itself."""

import pytest

from app.cli.arguments.parser import parser
from app.version import VERSION


def test_version_prints_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith(f"Arecibo {VERSION}")


def test_only_shells_that_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert parser().parse_args(["completion", "fish"]).shell == "fish"
    with pytest.raises(SystemExit):
        parser().parse_args(["completion", "cmd"])
    assert "invalid choice" in capsys.readouterr().err
