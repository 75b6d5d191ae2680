"""Caches the decoded grouping rules in force: they are decoded again only after a change."""

from app.digest.grouping.rules import GroupingRule, decode
from app.store.database import Connection
from app.store.grouping import grouping_rules
from app.store.grouping.grouping_rules import GroupingRuleRow


class KnownRules:
    """The rules as they were at the last `refresh`."""

    def __init__(self) -> None:
        self._rows: tuple[GroupingRuleRow, ...] = ()
        self.rules: tuple[GroupingRule, ...] = ()

    def refresh(self, connection: Connection) -> bool:
        """Read the rules; returns whether they have changed."""
        rows = grouping_rules.listed(connection)
        if rows == self._rows:
            return False
        self._rows = rows
        self.rules = tuple(rule(each) for each in rows)
        return True

    def are_current(self, connection: Connection) -> bool:
        """Whether the rules are still those of the last `refresh`."""
        return grouping_rules.listed(connection) == self._rows


def rule(row: GroupingRuleRow) -> GroupingRule:
    """A stored rule, decoded."""
    return GroupingRule(id=row.id, project=row.project, definition=decode(row.definition))


def read(connection: Connection) -> tuple[GroupingRule, ...]:
    """The rules in force."""
    return tuple(rule(row) for row in grouping_rules.listed(connection))
