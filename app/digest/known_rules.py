"""Caches the decoded grouping rules in force: they are decoded again only after a change."""

from collections.abc import Iterable

from msgspec.structs import replace

from app.digest.grouping.rules import Definition, GroupingRule, decode
from app.store.database import Connection
from app.store.grouping import grouping_rules
from app.store.grouping.grouping_rules import GroupingRuleRow
from app.store.inbox.issues import projects


class KnownRules:
    """The rules as they were at the last `refresh`."""

    def __init__(self) -> None:
        self._rows: tuple[GroupingRuleRow, ...] = ()
        self.rules: tuple[GroupingRule, ...] = ()

    def refresh(self, connection: Connection) -> bool:
        """Read the rules; returns whether they have changed."""
        rows = _rows(connection)
        if rows == self._rows:
            return False
        self._rows = rows
        self.rules = tuple(map(_rule, rows))
        return True

    def are_current(self, connection: Connection) -> bool:
        """Whether the rules are still those of the last `refresh`."""
        return _rows(connection) == self._rows


def read(connection: Connection) -> tuple[GroupingRule, ...]:
    """The rules in force."""
    return tuple(map(_rule, _rows(connection)))


def of_project(
    connection: Connection, number: int, project: str | None, definition: Definition
) -> tuple[GroupingRule, ...]:
    """A rule for a project (None: for all), once for each name that apps send for it."""
    names: Iterable[str | None] = (None,) if project is None else sorted(projects.sent(connection, project))
    return tuple(GroupingRule(id=number, project=name, definition=definition) for name in names)


def _rows(connection: Connection) -> tuple[GroupingRuleRow, ...]:
    """The stored rules. One for a project that apps send by several names stands there for each of them."""
    found: list[GroupingRuleRow] = []
    for row in grouping_rules.listed(connection):
        names = () if row.project is None else sorted(projects.sent(connection, row.project))
        found += (replace(row, project=name) for name in names) if names else (row,)
    return tuple(found)


def _rule(row: GroupingRuleRow) -> GroupingRule:
    return GroupingRule(id=row.id, project=row.project, definition=decode(row.definition))
