"""The preview of a merge: which issues become one, and what that one is called then."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from app import regrouping, store
from app.plain_text import compact_line, plural

if TYPE_CHECKING:
    from app.model import Issue
    from app.store.database import Connection


class Together(Struct, frozen=True):
    """A merge of these issues, the first of which stays; `sentences` say it of each, `summary` of all."""

    issues: tuple[int, ...]
    sentences: tuple[str, ...]
    summary: str


def together(connection: "Connection", issue_ids: Sequence[int]) -> Together:
    """What merging them does; run it off the UI thread. Raises `CannotRegroup`."""
    ids = sorted(set(issue_ids))
    store.regrouping.check(connection, ids)
    into, *others = (_issue(connection, number) for number in ids)
    of_merge = regrouping.preview_text.of_merge
    return Together(tuple(ids), tuple(of_merge(each, into) for each in others), _summary(into, others))


def _issue(connection: "Connection", number: int) -> "Issue":
    issue = store.issues.get(connection, number)
    assert issue is not None
    return issue


def _summary(into: "Issue", others: "Sequence[Issue]") -> str:
    newest = max((into, *others), key=lambda issue: issue.last_seen)
    events = sum(issue.count for issue in (into, *others))
    return (
        f"{plural(len(others), 'issue')} would be merged into issue {into.id}, which is called "
        f"“{compact_line(newest.title)}” then and counts {plural(events, 'event')}."
    )
