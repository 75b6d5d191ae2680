"""What can be typed into the search field."""

import pytest

from app.model import IssueState, Level
from app.store.inbox import events, issues
from app.store.inbox.issues import IssueFilter, View
from tests.factories import Store, make_event, set_state


@pytest.fixture
def filled(store: Store) -> Store:
    store.file(make_event("KeyError", "'card'", tags={"customer": "Ada Lovelace"}, environment="production"))
    store.file(
        make_event("ValueError", "no such card", function="refund", level=Level.WARNING), project="blog"
    )
    store.file(make_event("Überfehler", "kaputt", function="x", message="100% of <b>nothing</b>"))
    return store


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("card", ["ValueError", "KeyError"]),
        ("such card", ["ValueError"]),
        ('"such card"', ["ValueError"]),
        ('"card such"', []),
        ("uber", ["Überfehler"]),
        ("customer:ada", ["KeyError"]),
        ("environment:production card", ["KeyError"]),
        ("environment:staging", []),
        ("level:warning", ["ValueError"]),
        ("project:blog", ["ValueError"]),
        ("type:keyerror", ["KeyError"]),
        ("culprit:refund", ["ValueError"]),
        ("is:unread", ["Überfehler", "ValueError", "KeyError"]),
        ("is:resolved", []),
        ("is:nonsense", []),
        ("100% nothing", ["Überfehler"]),
        ("checkout refund", ["ValueError"]),
    ],
)
def test_issues_and_events_are_found(filled: Store, text: str, types: list[str]) -> None:
    found = filled.read(issues.page, IssueFilter(View.EVERYTHING, text=text))
    assert [issue.type for issue in found] == types
    summaries = filled.read(events.summaries, text=text)
    assert [event.title.partition(":")[0] for event in summaries] == types


def test_a_state_is_found(filled: Store) -> None:
    (newest, *_rest) = filled.read(issues.page, IssueFilter())
    filled.write(set_state, [newest.id], IssueState.RESOLVED)
    (found,) = filled.read(issues.page, IssueFilter(View.EVERYTHING, text="is:resolved"))
    assert found.id == newest.id


def test_changes_respect_the_search(filled: Store) -> None:
    changes = filled.read(issues.changed_since, IssueFilter(text="refund"), 0)
    assert [issue.type for issue in changes.matching] == ["ValueError"]
    assert len(changes.gone) == 2
