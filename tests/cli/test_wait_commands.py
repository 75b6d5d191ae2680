"""`wait` and `issue`, without an engine; with one they are tested from outside (`end2end/`)."""

from pathlib import Path

import pytest

from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from tests.cli.main import rows, run
from tests.factories import Store, make_event


def test_nothing_in_time_fails_and_says_that_no_engine_runs(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "wait", "--timeout", "0") == FAILED
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "No engine runs on this folder" in streams.err
    assert "No error came within 0 seconds" in streams.err


def test_a_search_that_cannot_find_anything_is_wrong_usage(store: Store, tmp_path: Path) -> None:
    assert run(tmp_path, "wait", "--query", "level:nonsense", "--timeout", "0") == USAGE_ERROR


def test_without_a_store_it_is_an_environment_error(tmp_path: Path) -> None:
    assert run(tmp_path, "wait", "--timeout", "0") == ENVIRONMENT_ERROR
    assert run(tmp_path, "issue", "1") == ENVIRONMENT_ERROR


def test_an_issue_is_printed_with_its_newest_event(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "issue", "1", "--json") == DONE
    (issue,) = rows(capsys)
    assert (issue["id"], issue["title"], issue["count"]) == (1, "KeyError: 'card'", 1)
    event = issue["event"]
    assert isinstance(event, dict)
    assert (event["event_id"], event["issue_id"]) == (event_id, 1)
    assert run(tmp_path, "issue", "1") == DONE
    assert "KeyError: 'card'" in capsys.readouterr().out


@pytest.mark.parametrize("budget", [1_000, 5_000])
def test_markdown_stays_within_its_budget(
    event_id: str, budget: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "issue", "1", "--markdown", "--budget", str(budget)) == DONE
    text = capsys.readouterr().out
    assert text.startswith("# `KeyError: 'card'`\n")
    assert len(text) <= budget


def test_an_unknown_issue_fails(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store.file(make_event())
    assert run(tmp_path, "issue", "99") == FAILED
    assert "There is no issue 99" in capsys.readouterr().err
