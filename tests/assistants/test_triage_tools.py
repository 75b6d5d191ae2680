"""What an assistant does to issues: as the commands do it."""

import subprocess
from pathlib import Path

import pytest

from app import preferences
from app.model import Issue, IssueState
from app.store.grouping import regrouping
from app.store.inbox.lists import issues
from app.store.inbox.triage import history
from tests.assistants.conftest import Ask, Send, stack
from tests.factories import NOON, Store


def issue(store: Store, number: int = 1) -> Issue:
    found = store.read(issues.get, number)
    assert found is not None
    return found


def test_resolved_in_a_release_muted_and_reopened(ask: Ask, send: Send, store: Store) -> None:
    send(release="1.0")
    assert ask("resolve_issue", issues=[1], release="2.0").text == "Resolved: 1.\n"
    assert (issue(store).state, issue(store).resolved_in) == (IssueState.RESOLVED, "2.0")
    assert ask("mute_issue", issues=[1], until_per_hour=5).text == "Muted: 1.\n"
    rule = issue(store).mute_rule
    assert rule is not None
    assert rule.per_hour == 5
    assert ask("mute_issue", issues=[1], minutes=5).text == "Muted: 1.\n"
    assert issue(store).muted_until is not None
    assert ask("reopen_issue", issues=[1, 1]).text == "Reopened: 1.\n"
    assert ask("reopen_issue", issues=[1]).text == "Nothing to change: 1.\n"
    kinds = [line.kind for line in store.read(history.timeline, 1)]
    assert kinds == ["reopened", "muted", "muted", "resolved", "new"]


def test_a_note_is_in_the_timeline(ask: Ask, send: Send, store: Store) -> None:
    send()
    assert ask("add_note", issue=1, text="The card is missing.").text == "Noted in the timeline of issue 1.\n"
    assert store.read(history.timeline, 1)[0].text == "The card is missing."
    assert ask("add_note", issue=1, text="   ").failed


@pytest.mark.parametrize("tool", ["resolve_issue", "mute_issue", "reopen_issue"])
def test_with_a_wrong_number_among_them_nothing_is_done(
    tool: str, ask: Ask, send: Send, store: Store
) -> None:
    send()
    refused = ask(tool, issues=[1, 99])
    assert refused.failed
    assert "Nothing was done: there is no issue 99" in refused.text
    assert [line.kind for line in store.read(history.timeline, 1)] == ["new"]


def test_two_ends_of_a_mute_and_two_places_of_a_fix_are_refused(ask: Ask, send: Send) -> None:
    send()
    assert "Say one of minutes" in ask("mute_issue", issues=[1], minutes=5, until_more=3).text
    assert "either release or commit" in ask("resolve_issue", issues=[1], release="1", commit="HEAD").text


def test_a_merged_issue_means_the_one_that_it_is_in(ask: Ask, send: Send, store: Store) -> None:
    send()
    send(exception=stack(type_="OSError"))
    store.write(regrouping.merge, [2], 1, NOON)
    assert ask("resolve_issue", issues=[2]).text == "Resolved: 1.\n"


def test_at_a_commit_of_a_confirmed_folder(ask: Ask, send: Send, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "cart.py").write_text("1\n2\n3\n")
    identity = ("-c", "user.name=a", "-c", "user.email=a@b")
    for arguments in (("init", "-q"), ("add", "."), (*identity, "commit", "-qm", "Mend the cart")):
        subprocess.run(["git", "-C", str(folder), *arguments], check=True)
    send(exception=stack({"abs_path": str(folder / "cart.py"), "filename": "cart.py", "lineno": 2}))
    assert (
        "below a folder that the person has confirmed" in ask("resolve_issue", issues=[1], commit="HEAD").text
    )
    named = ask("resolve_issue", issues=[1], commit="HEAD", repository=str(folder))
    assert "below no folder that the person has confirmed" in named.text
    preferences.change(tmp_path, source_roots=(str(folder),))
    assert "Nothing was resolved" in ask("resolve_issue", issues=[1], commit="nonsense").text
    assert ask("resolve_issue", issues=[1], commit="HEAD").text.startswith("Resolved at ")
    assert issue(store).resolved_commit is not None
