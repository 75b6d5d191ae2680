"""What is wrong with a search is said with its place."""

from pathlib import Path

import pytest

from app.cli import query_problems
from app.cli.exit_codes import DONE, USAGE_ERROR
from tests.cli.main import run


def test_a_caret_stands_under_the_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert not query_problems.report("card\tlevel:eror")
    assert capsys.readouterr().err.splitlines() == [
        "--query: “eror” is no level. Did you mean “error”?",
        "    card level:eror",
        "               ^^^^",
    ]


def test_of_a_long_search_its_place_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    query_problems.report("word " * 100 + "is:opne " + "word " * 100)
    _sentence, shown, caret = capsys.readouterr().err.splitlines()
    assert len(shown) < 200
    assert shown[caret.index("^") :].startswith("opne")


def test_a_search_that_means_nothing_is_wrong_usage(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("issues", "events"):
        assert run(tmp_path, command, "--json", "--query", "card level:eror") == USAGE_ERROR
        assert capsys.readouterr().out == ""


def test_a_search_may_begin_with_a_hyphen(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "issues", "--query", "-level:error", "--json") == DONE
    assert capsys.readouterr().out == ""
    assert run(tmp_path, "issues", "--query", "-level:info", "--json") == DONE
    assert "KeyError" in capsys.readouterr().out
    assert run(tmp_path, "issues", "--query", "--", "--json") == DONE
    assert capsys.readouterr().err == ""


def test_one_that_may_mean_something_else_goes_on(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "issues", "--json", "--query", "card (") == DONE
    printed = capsys.readouterr()
    assert "has no “)”" in printed.err
    assert run(tmp_path, "issues", "--json", "--query", "(" * 50) == DONE
    assert capsys.readouterr().err.count("has no “)”") == 1
    assert "KeyError" in printed.out
