"""Pages of a list of issues without a search, from either end.

A page starts after its predecessor's last row, not at an offset: what arrives meanwhile shifts nothing.
"""

from msgspec import Struct
from sqlalchemy import Connection, not_

from app.model import Issue
from app.store import schema as t
from app.store.inbox.indexes.issue_order import IN_ORDER
from app.store.inbox.issues.issue_record import issue_of
from app.store.inbox.lists import issue_filter as filters
from app.store.inbox.lists.issue_filter import IssueFilter, Position

# So many issues are looked at for a page: where few are in the list, it may have fewer rows than it could.
LOOKED_AT = 4_000


class Page(Struct, frozen=True):
    """Neighbouring rows, the newest first; there are no others up to `end`. None: to the end of the list."""

    issues: list[Issue]
    end: Position | None


def has(connection: Connection, issue_filter: IssueFilter, issue_id: int) -> bool:
    """Whether an issue is in a list without a search."""
    one = filters.ROWS.where(filters.condition(issue_filter), t.issues.c.id == issue_id)
    return connection.execute(one).first() is not None


def page(
    connection: Connection,
    issue_filter: IssueFilter,
    *,
    after: Position | None = None,
    limit: int,
    upwards: bool = False,
    looked_at: int = LOOKED_AT,
) -> Page:
    """Up to `limit` issues that come after a position, or from the beginning.

    `upwards`: those that come before it, or the last of all. Looks at no more than `looked_at` issues.
    """
    query = filters.ROWS.join(t.issue_order, IN_ORDER).where(filters.condition(issue_filter))
    floor = filters.floor(issue_filter)
    if floor is not None and upwards and (after is None or after < (floor, -1)):
        after = (floor, -1)
    end = filters.boundary(connection, after, looked_at, upwards=upwards)
    if floor is not None and not upwards:
        # Below it there are no others: the list ends there, however many issues the store has.
        query = query.where(filters.newer_than((floor, -1)))
        end = None if end is None or end[0] < floor else end
    if after is not None:
        query = query.where(filters.newer_than(after) if upwards else filters.older_than(after))
    if end is not None:
        query = query.where(not_(filters.newer_than(end) if upwards else filters.older_than(end)))
    rows = connection.execute(filters.in_order(query, upwards=upwards).limit(limit)).all()
    issues = [issue_of(row) for row in rows]
    if issues and len(issues) == limit:
        end = filters.position_of(issues[-1])
    return Page(issues[::-1] if upwards else issues, end)
