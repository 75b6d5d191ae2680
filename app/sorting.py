"""By what a list of issues is sorted, and where an issue stands in it: in the store and in the window."""

from enum import StrEnum

from app.model import Issue, Level, to_micros

# A value of the issue, and its number: the greatest is first, and of two alike the younger issue.
Position = tuple[int, int]
# The worst level is the greatest. Times in microseconds stay below so many bits until the year 2112.
LEVELS = {Level.FATAL: 5, Level.ERROR: 4, Level.WARNING: 3, Level.INFO: 2, Level.DEBUG: 1}
LEVEL_BITS = 52


class Sort(StrEnum):
    """The orders of a list; within a level the newest activity comes first."""

    LAST_SEEN = "last_seen"
    FIRST_SEEN = "first_seen"
    COUNT = "count"
    USERS = "users"
    LEVEL = "level"


def value_of(issue: Issue, sort: Sort) -> int:
    """What the issue is sorted by, as a number."""
    if sort is Sort.LAST_SEEN:
        return to_micros(issue.last_seen)
    if sort is Sort.FIRST_SEEN:
        return to_micros(issue.first_seen)
    if sort is Sort.COUNT:
        return issue.count
    if sort is Sort.USERS:
        return issue.users
    return (LEVELS[issue.level] << LEVEL_BITS) + to_micros(issue.last_seen)


def position_of(issue: Issue, sort: Sort = Sort.LAST_SEEN) -> Position:
    """Where the issue stands in a list."""
    return value_of(issue, sort), issue.id
