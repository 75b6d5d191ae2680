"""The issues of a list that has no search, as a bitmap that is kept up to date."""

import json

from pyroaring import BitMap
from sqlalchemy import Connection, func, select

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.issues import descriptions
from app.store.inbox.lists import issue_filter as filters
from app.store.inbox.lists.issue_filter import IssueFilter, View

# Issues enter and leave these as time goes by, without being changed.
_BY_TIME = (View.NEW_TODAY, View.ESCALATING)


class Matching:
    """The issues of one list. One thread at a time."""

    def __init__(self) -> None:
        self._filter: IssueFilter | None = None
        self._issues = BitMap()

    def issues(self, connection: Connection, issue_filter: IssueFilter, changed: BitMap | None) -> BitMap:
        """All of the list, whatever its search. `changed` since the last call; None: anything."""
        condition = filters.condition_of_list(issue_filter)
        # As one JSON text: fetching fifty thousand rows takes three times as long.
        query = select(func.json_group_array(t.issues.c.id)).where(condition)
        if query.get_final_froms() != [t.issues]:
            query = query.select_from(descriptions.DESCRIBED)
        if changed is None or issue_filter != self._filter or issue_filter.view in _BY_TIME:
            self._issues = BitMap(json.loads(connection.execute(query).scalar_one()))
            self._filter = issue_filter
        elif changed:
            among = sqlite.among(t.issues.c.id, "issues")
            found = connection.execute(query.where(among), {"issues": sqlite.values_of(changed)})
            self._issues = (self._issues - changed) | BitMap(json.loads(found.scalar_one()))
        return self._issues
