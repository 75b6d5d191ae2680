"""`resolve`, `mute`, `reopen`, `note` and `history`, without an engine."""

import json
from pathlib import Path

import pytest

from app.cli.exit_codes import DONE, FAILED
from app.model import IssueState
from app.store.grouping import regrouping
from app.store.inbox.lists import issues
from tests.cli.main import rows, run
from tests.factories import NOON, Store, make_event
from tests.git.a_repository import ARepository


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    """The folder of a store with two issues."""
    store.file(make_event(function="charge"))
    store.file(make_event(function="refund"))
    return tmp_path


def state(store: Store, number: int) -> IssueState:
    found = store.read(issues.get, number)
    assert found is not None
    return found.state


def test_resolve_and_reopen_change_the_state(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "resolve", "1", "2") == DONE
    assert (state(store, 1), state(store, 2)) == (IssueState.RESOLVED, IssueState.RESOLVED)
    assert run(folder, "reopen", "2") == DONE
    assert (state(store, 1), state(store, 2)) == (IssueState.RESOLVED, IssueState.OPEN)
    assert capsys.readouterr().out == "Resolved: 1, 2.\nReopened: 2.\n"


def test_resolve_at_a_commit(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = ARepository(folder / "code")
    assert run(folder, "resolve", "1", "--at-commit", "--repo", str(shop.root)) == FAILED
    assert capsys.readouterr().err == f"{shop.root} has no commit yet.\n"
    shop.write("cart.py", "fixed")
    commit = shop.commit("Fix the cart")
    monkeypatch.chdir(shop.root)
    assert run(folder, "resolve", "1", "--at-commit") == DONE
    assert capsys.readouterr().out == f"Resolved at {commit[:9]}: 1.\n"
    assert run(folder, "history", "1") == DONE
    assert "Fix the cart" in capsys.readouterr().out
    assert run(folder, "resolve", "2", "--at-commit", "none") == FAILED
    assert "There is no commit none in" in capsys.readouterr().err
    found = store.read(issues.get, 1)
    assert found is not None
    assert (found.resolved_commit, state(store, 2)) == (commit, IssueState.OPEN)


def test_many_issues_are_changed_in_steps_and_reported_together(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cli.issue_commands.ISSUES_AT_ONCE", 1)
    before = store.read(issues.revision)
    assert run(folder, "resolve", "2", "404", "1", "2") == FAILED
    assert store.read(issues.revision) == before + 2
    printed = capsys.readouterr()
    assert printed.out == "Resolved: 2, 1.\n"
    assert "404" in printed.err
    assert run(folder, "resolve", "1") == DONE
    assert capsys.readouterr().out == "Nothing to change: 1.\n"


def test_mute_until_more_is_in_the_history(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "mute", "1", "--until-more", "5") == DONE
    assert state(store, 1) is IssueState.MUTED
    capsys.readouterr()
    assert run(folder, "history", "1", "--json") == DONE
    newest = json.loads(capsys.readouterr().out.splitlines()[0])
    assert newest["kind"] == "muted"
    assert "5" in newest["text"]


def test_unknown_issues_are_named_and_the_others_changed(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "resolve", "9", "1") == FAILED
    assert state(store, 1) is IssueState.RESOLVED
    streams = capsys.readouterr()
    assert streams.out == "Resolved: 1.\n"
    assert f"Not in {folder}: 9." in streams.err


def test_merged_issue_stands_for_the_one_it_was_merged_into(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.write(regrouping.merge, [2], 1, NOON)
    assert run(folder, "resolve", "2") == DONE
    assert capsys.readouterr().out == "Resolved: 1.\n"
    assert state(store, 1) is IssueState.RESOLVED


def test_empty_note_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "note", "1", " ") == FAILED
    assert run(folder, "note", "1", "Ask Ada") == DONE
    assert capsys.readouterr().out == "Noted: 1.\n"
    assert run(folder, "history", "1") == DONE
    assert "Note  Ask Ada" in capsys.readouterr().out


def test_deleted_issues_are_listed_and_brought_back(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "delete", "1", "404") == FAILED
    printed = capsys.readouterr()
    assert printed.out == "Deleted: 1. For a day, main.py undelete 1 brings them back.\n"
    assert "404" in printed.err
    assert [issue.id for issue in store.read(issues.page, issues.IssueFilter())] == [2]
    assert run(folder, "resolve", "1") == FAILED
    capsys.readouterr()
    assert run(folder, "deleted", "--json") == DONE
    assert [(row["id"], row["issues"]) for row in rows(capsys)] == [(1, 1)]
    assert run(folder, "deleted") == DONE
    assert "1: 2 issues (1 issue), goes for good at" in capsys.readouterr().out
    assert run(folder, "undelete", "1") == DONE
    assert capsys.readouterr().out == "Brought back: 1 issue.\n"
    assert run(folder, "undelete", "1") == FAILED
    assert len(store.read(issues.page, issues.IssueFilter())) == 2
