"""Which issues have which values and when they happened, in memory: read in steps, and then kept up to date.

What is read first is what the histogram needs, hours and levels; a facet is read when it is first asked for.
An issue whose events have changed is read again, whole: events move between issues. One that was only
resolved, muted or read is not: fifty thousand at once would take as long as the first reading. What retention
trims from an issue's tags alone is noticed with its next event.
"""

from collections.abc import Collection, Iterable
from threading import Lock

from pyroaring import BitMap
from sqlalchemy import Connection

from app.store.facets import readers
from app.store.facets.bit_counts import BitCounts
from app.store.facets.value_sets import ValueSets
from app.store.inbox.events import removal
from app.store.inbox.indexes import change_log
from app.store.inbox.lists import issues

# A step of reading takes some 20 ms, nearly all of it in SQLite.
STEP = 2_000
MOST_DAYS = 90
_AT_ONCE = 1_000


class _Pass:
    """One walk through all issues, by their numbers: what it reads, and from which issue on."""

    def __init__(self, facets: Collection[str], *, with_hours: bool) -> None:
        self.facets = tuple(facets)
        self.with_hours = with_hours
        self.next = 0


class FacetIndex:
    """What is known of all issues. `lock` is held by whoever uses it: one thread at a time.

    `since_hour`: older hours are not read.
    """

    def __init__(self, since_hour: int) -> None:
        self.lock = Lock()
        self.since_hour = since_hour
        self.hours = BitCounts[int]()
        self.facets: dict[str, ValueSets] = {}
        self._wanted: list[str] = []
        self._pass: _Pass | None = _Pass((readers.LEVEL,), with_hours=True)
        self.facets[readers.LEVEL] = ValueSets()
        self._has_hours = False
        # By issue what its events were like when it was read (`readers.stamps`): 5 MB for fifty thousand.
        self._stamps: dict[int, int] = {}
        self._revision: int | None = None

    @property
    def has_hours(self) -> bool:
        """Whether the hours and levels of all issues have been read."""
        return self._has_hours

    @property
    def is_reading(self) -> bool:
        """Whether something that is wanted has not been read."""
        return self._pass is not None or bool(self._wanted)

    def is_read(self, facet: str) -> bool:
        """Whether this facet of all issues has been read."""
        reading = self._pass.facets if self._pass is not None else ()
        return facet in self.facets and facet not in reading

    def want(self, facets: Iterable[str]) -> None:
        """Read these facets with the next steps, and keep no others."""
        wanted = list(dict.fromkeys(facets))
        for facet in list(self.facets):
            if facet not in wanted and facet != readers.LEVEL and self.is_read(facet):
                del self.facets[facet]
        self._wanted = [facet for facet in wanted if facet not in self.facets]

    def forget(self, facet: str) -> None:
        """Read this facet of all issues again, if it is known."""
        if self.is_read(facet):
            del self.facets[facet]
            self._wanted.append(facet)

    def follow(self, connection: Connection) -> BitMap | None:
        """Take over what has changed; returns the issues. None: so many that it is not known which."""
        newest, since = issues.revision(connection), self._revision
        if since is None or newest < since:
            if since is not None:
                self._begin_anew()
            self._revision = newest
            return None
        if newest == since:
            return BitMap()
        changed = None
        if self._is_remembered(connection, since):
            changed = BitMap(connection.execute(change_log.changed(since, None)).scalars())
            changed.update(removal.removed_since(connection, since, None))
        self._read_again(connection, self._with_other_events(connection, changed))
        self._revision = newest
        return changed

    def read_further(self, connection: Connection) -> None:
        """Read of some more issues what is wanted and is not known. Call it after `follow`."""
        under_way = self._pass
        if under_way is None:
            if not self._wanted:
                return
            under_way = self._pass = _Pass(self._wanted, with_hours=False)
            self.facets |= {facet: ValueSets() for facet in self._wanted}
            self._wanted = []
        found = readers.issues_from(connection, under_way.next, STEP)
        self._take(connection, found, under_way.facets, with_hours=under_way.with_hours)
        if len(found) == STEP:
            under_way.next = found[-1] + 1
        else:
            self._has_hours = self._has_hours or under_way.with_hours
            self._pass = None

    def _with_other_events(self, connection: Connection, changed: BitMap | None) -> BitMap:
        """Those of these issues, or of all, whose events are others than when they were read, or gone."""
        now: dict[int, int] = {}
        if changed is None:
            first = 0
            while found := readers.issues_from(connection, first, STEP):
                now |= readers.stamps(connection, found)
                first = found[-1] + 1
        else:
            now = readers.stamps(connection, list(changed))
        gone = BitMap(self._stamps) if changed is None else changed
        others = BitMap(issue for issue, stamp in now.items() if self._stamps.get(issue) != stamp)
        others |= gone - BitMap(now)
        for issue in others:
            if issue in now:
                self._stamps[issue] = now[issue]
            else:
                self._stamps.pop(issue, None)
        return others

    def _begin_anew(self) -> None:
        self._stamps = {}
        self._wanted = [facet for facet in self.facets if facet != readers.LEVEL] + self._wanted
        self.facets = {readers.LEVEL: ValueSets()}
        self.hours = BitCounts[int]()
        self._has_hours = False
        self._pass = _Pass((readers.LEVEL,), with_hours=True)

    def _is_remembered(self, connection: Connection, since: int) -> bool:
        return removal.is_remembered(connection, since) and change_log.is_remembered(connection, since)

    def _read_again(self, connection: Connection, changed: BitMap) -> None:
        under_way = self._pass
        known = [facet for facet in self.facets if self.is_read(facet)]
        self._renew(connection, changed, known, with_hours=self._has_hours)
        if under_way is not None:
            passed = BitMap(changed)
            passed.remove_range(under_way.next, 1 << 32)
            self._renew(connection, passed, under_way.facets, with_hours=under_way.with_hours)

    def _renew(
        self, connection: Connection, changed: BitMap, facets: Collection[str], *, with_hours: bool
    ) -> None:
        if not changed or not (facets or with_hours):
            return
        # Read before anything is removed: a query may be interrupted.
        numbers = list(changed)
        parts = [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE)]
        since = self.since_hour if with_hours else None
        found = [readers.read(connection, part, facets, since) for part in parts]
        for facet in facets:
            self.facets[facet].remove(changed)
        if with_hours:
            self.hours.remove(changed)
        for each in found:
            self._add(each)

    def _take(
        self, connection: Connection, found: Collection[int], facets: Collection[str], *, with_hours: bool
    ) -> None:
        if found:
            if with_hours:
                self._stamps |= readers.stamps(connection, found)
            since = self.since_hour if with_hours else None
            self._add(readers.read(connection, found, facets, since))

    def _add(self, found: readers.Read) -> None:
        for facet, values in found.values.items():
            self.facets[facet].add(values)
        self.hours.add(found.hours)
