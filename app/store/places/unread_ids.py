"""Which issues of a list are unread: what is done to all of them is done by their numbers."""

from msgspec.structs import replace
from sqlalchemy import Connection

from app.store.inbox.issue_filter import IssueFilter
from app.store.inbox.issue_search import IssueSearch

STEP = 10_000


def unread_ids(connection: Connection, issue_filter: IssueFilter) -> list[int]:
    """The numbers of all unread issues of a list."""
    search = IssueSearch(replace(issue_filter, is_unread=True))
    found: list[int] = []
    while not search.is_complete:
        found += [issue for _seen, issue in search.look_further(connection, STEP)]
    return found
