"""What stands beside a list: facets and a histogram of its issues, asked together, answered in steps."""

from collections import Counter
from collections.abc import Callable, Collection
from time import perf_counter

from msgspec import Struct
from pyroaring import BitMap
from sqlalchemy import Connection, bindparam, select

from app.store import schema as t
from app.store import sqlite
from app.store.facets import histogram, readers
from app.store.facets.facet_index import MOST_DAYS, FacetIndex
from app.store.facets.histogram import Histogram, Range
from app.store.facets.matching import Matching
from app.store.facets.readers import LEVEL, PROJECT
from app.store.facets.recent_events import RecentEvents
from app.store.facets.value_sets import Counted
from app.store.inbox.counts import recent_counts
from app.store.inbox.indexes.issue_order import PLACE
from app.store.inbox.lists.issue_filter import IssueFilter
from app.store.prepared import Prepared

_HOUR = 3_600_000_000
# Keys of tags that none of so many issues has are not offered: there may be thousands.
_KEYS_OF = 100
MOST_KEYS = 200


class FacetQuestion(Struct, frozen=True, kw_only=True):
    """One facet, by the name of its tag, or `level` or `project`. See `ValueSets.counted`."""

    name: str
    limit: int
    containing: str = ""
    always: tuple[str, ...] = ()


class Question(Struct, frozen=True, kw_only=True):
    """`found` is what a search has found so far; without one, None: then `filter` alone decides.

    `reach`: None where no histogram is shown. `now` is in microseconds; see `histogram` for `offset`.
    """

    filter: IssueFilter
    now: int
    found: Collection[int] | None = None
    facets: tuple[FacetQuestion, ...] = ()
    reach: Range | None = Range.AUTO
    offset: int = 0


class Facet(Struct, frozen=True):
    """The values of a facet; not `is_complete`: not all issues have been read for it."""

    name: str
    counted: Counted
    is_complete: bool


class Answer(Struct, frozen=True):
    """Facets in the order of the question. Not `is_complete`: asked once more, there is more to say.

    `issues` is how many issues all of it is about.
    """

    issues: int
    facets: tuple[Facet, ...]
    histogram: Histogram | None
    is_complete: bool


class Survey:
    """Holds what answers need. Any thread may ask; while one does, another waits."""

    def __init__(self, now: int) -> None:
        self._index = FacetIndex(now // _HOUR - MOST_DAYS * 24)
        self._recent = RecentEvents()
        self._matching = Matching()
        self._projects: object = None

    def ask(
        self,
        connection: Connection,
        question: Question,
        seconds: float,
        is_given_up: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """The answer as far as it is known after reading for so many seconds, or until it is given up."""
        with self._index.lock:
            until = perf_counter() + seconds
            return self._ask(connection, question, lambda: perf_counter() >= until or is_given_up())

    def _ask(self, connection: Connection, question: Question, is_over: Callable[[], bool]) -> Answer:
        index, recent, now = self._index, self._recent, question.now
        index.want(facet.name for facet in question.facets)
        changed = index.follow(connection)
        projects = readers.projects(connection)
        if projects != self._projects:
            # One has another name, or is hidden.
            index.forget(PROJECT)
            self._projects, changed = projects, None
        matching = self._matching.issues(connection, question.filter, changed)
        issues = matching if question.found is None else BitMap(question.found)
        while index.is_reading and not is_over():
            index.read_further(connection)
        is_complete = not index.is_reading
        shown = None
        if question.reach is not None and index.has_hours:
            reach = question.reach
            if reach is Range.AUTO:
                reach = histogram.fitting(index, issues, now)
            if histogram.is_fine(reach):
                recent.follow(connection, now)
                while not recent.is_complete and not is_over():
                    recent.follow(connection, now)
                is_complete = is_complete and recent.is_complete
            shown = histogram.histogram(index, recent, issues, reach, now, question.offset)
        facets = tuple(self._facet(facet, issues) for facet in question.facets)
        return Answer(len(issues), facets, shown, is_complete)

    def _facet(self, question: FacetQuestion, issues: BitMap) -> Facet:
        values = self._index.facets.get(question.name)
        if values is None:
            return Facet(question.name, Counted(()), is_complete=False)
        counted = values.counted(
            issues, question.limit, containing=question.containing, always=question.always
        )
        return Facet(question.name, counted, self._index.is_read(question.name))


def known_keys(connection: Connection) -> tuple[str, ...]:
    """What can be asked for: level, project, and the tags of the newest issues, the common ones first."""
    newest = [row[0] for row in _NEWEST.rows(connection, limit=_KEYS_OF)]
    pairs = {(row[0], row[1]) for row in _KEYS.rows(connection, issues=sqlite.values_of(newest))}
    pairs |= {(issue, key) for issue, key, _value, _count in recent_counts.tags(connection, newest)}
    found = Counter(key for _issue, key in pairs if key not in (LEVEL, PROJECT))
    ordered = sorted(found, key=lambda key: (-found[key], key))
    return (LEVEL, PROJECT, *ordered[:MOST_KEYS])


_NEWEST = Prepared(
    select(t.issue_order.c.issue_id).order_by(*(each.desc() for each in PLACE)).limit(bindparam("limit"))
)
_KEYS = Prepared(
    select(t.issue_tags.c.issue_id, t.issue_tags.c.key).where(sqlite.among(t.issue_tags.c.issue_id, "issues"))
)
