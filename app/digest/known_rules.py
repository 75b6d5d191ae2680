"""The grouping rules in force: read once for many events, and read anew only when they are others."""

from sqlalchemy import Connection

from app.digest.grouping.rules import GroupingRule, decode
from app.store.grouping import grouping_rules
from app.store.grouping.grouping_rules import Kept


class KnownRules:
    """The rules as they were at the last `refresh`."""

    def __init__(self) -> None:
        self._kept: tuple[Kept, ...] = ()
        self.rules: tuple[GroupingRule, ...] = ()

    def refresh(self, connection: Connection) -> None:
        """Read the rules."""
        kept = grouping_rules.listed(connection)
        if kept != self._kept:
            self._kept = kept
            self.rules = tuple(rule(each) for each in kept)

    def are_current(self, connection: Connection) -> bool:
        """Whether the rules are still those of the last `refresh`."""
        return grouping_rules.listed(connection) == self._kept


def rule(kept: Kept) -> GroupingRule:
    """A kept rule, understood."""
    return GroupingRule(id=kept.id, project=kept.project, definition=decode(kept.definition))


def read(connection: Connection) -> tuple[GroupingRule, ...]:
    """The rules in force."""
    return tuple(rule(kept) for kept in grouping_rules.listed(connection))
