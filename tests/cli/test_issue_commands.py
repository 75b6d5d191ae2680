"""The commands that act on issues: which changed, which did not, and which are not there."""

import json

import pytest

from app.model import IssueState
from app.store.grouping import regrouping
from app.store.inbox import history, issues
from tests.cli.conftest import Run
from tests.factories import NOON, Store, make_event


def state(store: Store, number: int) -> IssueState:
    issue = store.read(issues.get, number)
    assert issue is not None
    return issue.state


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with the issues 1 and 2."""
    store.file(make_event(function="charge"))
    store.file(make_event(function="refund"))
    return store


def test_each_issue_is_said_to_be_changed_the_same_or_missing(
    filled: Store, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("resolve", "1") == 0
    assert capsys.readouterr().out == "Resolved: 1.\n"
    assert run("resolve", "1", "2", "9") == 1
    said = capsys.readouterr()
    assert said.out == "Resolved: 2.\nNothing to change: 1.\n"
    assert said.err.startswith("Not in ")
    assert ": 9. " in said.err
    assert [state(filled, number) for number in (1, 2)] == [IssueState.RESOLVED] * 2


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ((), None),
        (("--until-more", "5"), {"more": 5}),
        (("--until-per-hour", "7"), {"per_hour": 7}),
        (("--until-escalating",), {"escalating": True}),
    ],
)
def test_what_ends_a_mute_is_stored(
    filled: Store, run: Run, given: tuple[str, ...], rule: dict[str, object] | None
) -> None:
    assert run("mute", "1", *given) == 0
    issue = filled.read(issues.get, 1)
    assert issue is not None
    assert (issue.state, issue.muted_until) == (IssueState.MUTED, None)
    if rule is None:
        assert issue.mute_rule is None
    else:
        assert {name: getattr(issue.mute_rule, name) for name in rule} == rule


def test_a_mute_for_a_time_ends_then(filled: Store, run: Run) -> None:
    assert run("mute", "1", "--for", "2w") == 0
    issue = filled.read(issues.get, 1)
    assert issue is not None
    assert issue.muted_until is not None
    (line,) = [line for line in filled.read(history.timeline, 1) if line.kind == "muted"]
    assert (issue.muted_until - line.at).days == 14


def test_an_issue_that_was_merged_stands_for_the_one_it_is_in(
    filled: Store, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    filled.write(regrouping.merge, [2], 1, NOON)
    assert run("resolve", "2", "1") == 0
    assert capsys.readouterr().out == "Resolved: 1.\n"
    assert run("note", "2", "Ask Ada") == 0
    assert capsys.readouterr().out == "Noted: 1.\n"


def test_a_note_is_the_newest_line_of_the_history(
    filled: Store, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("resolve", "1")
    run("reopen", "1")
    run("note", "1", "Ask Ada")
    capsys.readouterr()
    assert run("history", "1", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["kind"] for line in lines] == ["note", "reopened", "resolved", "new"]
    assert lines[0]["text"] == "Ask Ada"
    assert run("history", "1") == 0
    assert "Note  Ask Ada" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [("resolve", "9"), ("note", "9", "?"), ("history", "9"), ("note", "1", " ")]
)
def test_impossible_actions_exit_1_with_a_message(
    filled: Store, run: Run, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*command) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
