"""Issues in the order of the list: where each one is, and where it belongs.

A row is found by bisection over the sort keys, so that one change among 50,000 rows costs microseconds. A row
may be held where it is although its issue belongs further up by now: it keeps the key of before.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from app.model import Issue
from app.sorting import Position, Sort, position_of

Key = tuple[int, int]


def _key(issue: Issue, sort: Sort) -> Key:
    value, number = position_of(issue, sort)
    return -value, -number


class OrderedIssues:
    """The rows of a list. Knows nothing of Qt: the model announces what it is about to change."""

    def __init__(self, issues: Iterable[Issue] = (), sort: Sort = Sort.LAST_SEEN) -> None:
        self.sort = sort
        # The issues whose rows are held.
        self.held: set[int] = set()
        self._issues = sorted(issues, key=self.key)
        self._keys = [self.key(issue) for issue in self._issues]
        self._key_of = {
            issue.id: issue_key for issue, issue_key in zip(self._issues, self._keys, strict=True)
        }

    def __len__(self) -> int:
        return len(self._issues)

    def __getitem__(self, row: int) -> Issue:
        return self._issues[row]

    def __contains__(self, issue_id: int) -> bool:
        return issue_id in self._key_of

    def key(self, issue: Issue) -> Key:
        """Sorts the issues as the list is sorted."""
        return _key(issue, self.sort)

    def ids(self) -> set[int]:
        """The issues that are here."""
        return set(self._key_of)

    def row_of(self, issue_id: int) -> int | None:
        """Where the issue is."""
        found = self._key_of.get(issue_id)
        return None if found is None else bisect_left(self._keys, found)

    def position(self, row: int) -> Position:
        """The position that the row has in the list; if it is held, the one of before."""
        value, number = self._keys[row]
        return -value, -number

    def place_for(self, issue: Issue) -> int:
        """The row before which the issue belongs, as the rows are now."""
        return bisect_left(self._keys, self.key(issue))

    def insert(self, row: int, issues: Sequence[Issue]) -> None:
        """Put sorted issues, none of them known, before `row`."""
        keys = [self.key(issue) for issue in issues]
        self._issues[row:row] = issues
        self._keys[row:row] = keys
        self._key_of.update(zip((issue.id for issue in issues), keys, strict=True))

    def remove(self, first: int, last: int) -> None:
        """Take out the rows from `first` to `last`, both included."""
        for issue in self._issues[first : last + 1]:
            del self._key_of[issue.id]
            self.held.discard(issue.id)
        del self._issues[first : last + 1]
        del self._keys[first : last + 1]

    def replace(self, row: int, issue: Issue) -> None:
        """Put a newer state of the same issue, which belongs in the same place."""
        self._issues[row] = issue
        self._keys[row] = self._key_of[issue.id] = self.key(issue)
        self.held.discard(issue.id)

    def hold(self, row: int, issue: Issue) -> None:
        """Put a newer state of the same issue, which belongs elsewhere, and stays."""
        self._issues[row] = issue
        self.held.add(issue.id)

    def move(self, row: int, before: int, issue: Issue) -> None:
        """Take out `row` and put a newer state of its issue before the row `before`, as counted now."""
        self.remove(row, row)
        self.insert(before - (before > row), [issue])
