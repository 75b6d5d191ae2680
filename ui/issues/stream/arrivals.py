"""Holds back what would move the rows while a person looks at them: new issues, and rows that would rise.

The list is held while the mouse is over it, a row is selected, or it is scrolled away from its top. Then

- an issue that comes waits, if an event of it came after all that was shown: what the person does to issues,
  and takes back, is shown at once;
- a row whose issue belongs elsewhere by now, mostly higher up, changes where it is, and is moved later;
- what leaves the list leaves it.

What waits comes in when the person asks for it, or when the list is not held any more.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from app.model import Issue, to_micros
from ui.issues.feed_state import Loaded
from ui.issues.model import IssueListModel

# Beyond so many the first page is read again.
MOST = 300


class Pending(Struct, frozen=True):
    """How many issues are new, and how many belong elsewhere than they are."""

    new: int = 0
    updated: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.updated)


class Changes(Struct, frozen=True):
    """What is applied now: issues as they are, and ids of rows that leave."""

    matching: list[Issue]
    gone: list[int]


class Arrivals:
    """What waits beside one model."""

    def __init__(self, model: IssueListModel) -> None:
        self._model = model
        # By id, and whether the issue is a new one.
        self._waiting: dict[int, tuple[Issue | None, bool]] = {}
        self._newest = 0

    def begin(self, newest: int) -> None:
        """Another list is shown, when the newest event of all came at `newest` (microseconds)."""
        self._waiting.clear()
        self._newest = max(self._newest, newest)

    @property
    def pending(self) -> Pending:
        """What waits, in numbers."""
        new = sum(is_new for _issue, is_new in self._waiting.values())
        return Pending(new, len(self._waiting) - new + len(self._model.held))

    @property
    def is_many(self) -> bool:
        """Whether it is more than is put into the list one by one."""
        return len(self._waiting) > MOST

    def __contains__(self, issue_id: int) -> bool:
        return issue_id in self._waiting

    def take(
        self, matching: Iterable[Issue], gone: Iterable[int], loaded: Loaded, *, is_held: bool
    ) -> Changes:
        """Sort out what has changed; what is not returned waits, or does not belong here."""
        now: list[Issue] = []
        leaving = list(gone)
        for issue_id in leaving:
            self._waiting.pop(issue_id, None)
        for issue in matching:
            if is_held and self._waits(issue, loaded):
                self._wait(issue)
                continue
            self._waiting.pop(issue.id, None)
            if loaded.holds(issue) or (is_held and self._model.row_of(issue.id) is not None):
                now.append(issue)
            else:
                leaving.append(issue.id)
        if not is_held:
            changes = self.release(loaded)
            known = {issue.id for issue in now} | set(leaving)
            now += (issue for issue in changes.matching if issue.id not in known)
            leaving += changes.gone
            self._newest = max([self._newest, *(to_micros(issue.last_seen) for issue in now)])
        return Changes(now, leaving)

    def forget(self, issues: Iterable[Issue]) -> None:
        """These issues are in the list by now: a page had them."""
        for issue in issues:
            self._waiting.pop(issue.id, None)

    def release(self, loaded: Loaded) -> Changes:
        """What waited, and the rows that were held: it does not wait any more."""
        waited = [issue for issue, _is_new in self._waiting.values() if issue is not None]
        self._waiting.clear()
        held = (self._model.row_of(issue_id) for issue_id in self._model.held)
        issues = waited + [self._model.issue(row) for row in held if row is not None]
        self._newest = max([self._newest, *(to_micros(issue.last_seen) for issue in issues)])
        return Changes(
            [issue for issue in issues if loaded.holds(issue)],
            [issue.id for issue in issues if not loaded.holds(issue)],
        )

    def _waits(self, issue: Issue, loaded: Loaded) -> bool:
        if self._model.row_of(issue.id) is not None or to_micros(issue.last_seen) <= self._newest:
            return False
        return loaded.holds(issue) or loaded.is_above(issue)

    def _wait(self, issue: Issue) -> None:
        is_new = to_micros(issue.first_seen) > self._newest
        self._waiting[issue.id] = (issue if len(self._waiting) <= MOST else None, is_new)


def nobody_looks() -> bool:
    """The list is not held."""
    return False


Held = Callable[[], bool]
