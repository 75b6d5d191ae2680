"""Which release is older: by version where both are versions of the same thing, else by which was seen first.

A version is dotted numbers, with what may stand around them: `shop@v1.4.0-rc.1+57`, `shop-1.4.0`,
`release-1.4.0`. Semver's order holds (semver.org, section 11), and where it is silent, what people mean:
`1.4` is `1.4.0`, builds of numbers count (`388.0+388.0.6`, `1.4.0 (57)`), a date is a version, and
`1.4.0-3-g2f5a1c0` (git describe) and `1.4.0.post1` come after `1.4.0`. A commit's hash is no version.

Versions of two packages are compared by when they were there: no later than the first version of their
package that is as new (`came_before`).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from sqlalchemy import Connection, select

from app.store import bulk, sqlite
from app.store import schema as t
from app.store.inbox.counts import recent_counts
from app.store.prepared import Prepared

# (release, when it was first seen in its project, in microseconds)
Seen = tuple[str, int]

_DATE = r"20[0-9]{2}-[01][0-9]-[0-3][0-9](?:[.T_-][0-9]+)*"
# A number alone is a version where something stands before it, but not at the beginning of a hash.
_NUMBER_ALONE = (
    r"(?:(?<=[A-Za-z][-_/: ])|(?<=[@v]))(?:20[0-9]{6}|[0-9]{1,5})"
    r"(?=\Z|\+| \(| build )"
)
_VERSION = re.compile(
    r"(?:(?P<package>.+)@)?(?:(?P<name>[A-Za-z](?:[\w./-]*?[A-Za-z0-9])??)[-_/: ])?v?"
    rf"(?P<numbers>(?<![0-9.])[0-9]+(?:\.[0-9]+)+|{_DATE}|{_NUMBER_ALONE})"
    r"(?P<rest>[-._]?[A-Za-z][^+() ]*|-[^+() ]*)?"
    r"(?:(?:\+| \(| build )(?P<build>[^()]+)\)?)?"
)
# What stands before a version without being the name of anything.
_NO_NAME = frozenset(("v", "version", "ver", "release", "rel", "releases", "tags", "refs/tags", "build"))
_BUILD = re.compile(r"[0-9]{1,18}(?:[.-][0-9]{1,18})*")
_NUMBER = re.compile(r"[0-9]+")
_BEHIND = re.compile(r"-([0-9]+)-g[0-9a-f]{4,}(?:-dirty)?|[-._]?post-?([0-9]*)")
_PIECE = re.compile(r"[0-9]+|[A-Za-z]+")
_LONGEST = 250
# A project that names a release with each build has thousands: the newest is among the last that came.
COMPARED = 1_000
_BEFORE, _ITSELF, _AFTER = range(3)


class Version(Struct, frozen=True):
    """A release that is a version: what of, its place in the order, and its build if that is numbers."""

    package: str
    place: tuple[object, ...]
    build: tuple[int, ...] | None


def version(release: str) -> Version | None:
    """The version that a release is; None when it is none, and has no order of its own."""
    return _parsed(release) if len(release) <= _LONGEST else None


# The same few hundred releases are compared again and again: parsing one takes 5 µs.
@lru_cache(maxsize=4_096)
def _parsed(release: str) -> Version | None:
    found = _VERSION.fullmatch(release)
    if found is None:
        return None
    numbers = [int(number) for number in _NUMBER.findall(found["numbers"])]
    while numbers and not numbers[-1]:
        numbers.pop()
    build = found["build"] or ""
    builds = tuple(map(int, _NUMBER.findall(build))) if _BUILD.fullmatch(build) else None
    return Version(_package(found), (tuple(numbers), *_rest(found["rest"] or "")), builds)


def _package(found: re.Match[str]) -> str:
    """The name before `@`, or else the one before the version: `release-1.2.3` has none."""
    name = found["name"] or ""
    return found["package"] or ("" if name.lower() in _NO_NAME else name)


def _rest(rest: str) -> tuple[object, ...]:
    if not rest:
        return (_ITSELF, ())
    if behind := _BEHIND.fullmatch(rest):
        return (_AFTER, ((0, int(behind[1] or behind[2] or 0), ""),))
    # Numbers come before words, and the shorter before the longer.
    pieces = _PIECE.findall(rest)
    return (_BEFORE, tuple((0, int(p), "") if p.isdigit() else (1, 0, p.lower()) for p in pieces))


def is_older(release: str, than: str, first_seen: Mapping[str, int]) -> bool:
    """Whether `release` comes before `than`; one that is not in `first_seen` has never been seen before."""
    if release == than:
        return False
    one, other = version(release), version(than)
    if one is not None and other is not None and one.package == other.package:
        if one.place != other.place:
            return one.place < other.place
        return one.build is not None and other.build is not None and one.build < other.build
    if release not in first_seen:
        return False
    return than not in first_seen or first_seen[release] < first_seen[than]


def appearances(seen: Sequence[Seen]) -> dict[str, int]:
    """When releases were there at the latest: when they or a later version of their package were first seen.

    An older version that is sent again for the first time is no newer than what came long before it.
    """
    found = dict(seen)
    of_package: dict[str, list[tuple[Version, str]]] = {}
    for name, _at in seen:
        known = version(name)
        if known is not None:
            of_package.setdefault(known.package, []).append((known, name))
    for versions in of_package.values():
        # Newest first; of one version the builds, and those without a number of one behind them.
        versions.sort(key=lambda each: (each[0].place, each[0].build or ()), reverse=True)
        earliest: int | None = None
        earliest_of_later: int | None = None
        place: tuple[object, ...] | None = None
        for known, name in versions:
            if known.place != place:
                place, earliest_of_later = known.place, earliest
            bound = earliest_of_later if known.build is None else earliest
            at = found[name]
            found[name] = at if bound is None else min(at, bound)
            earliest = found[name] if earliest is None else min(earliest, found[name])
    return found


def came_before(release: str, than: str, there: Mapping[str, int]) -> bool:
    """Whether an issue that is resolved in `than` stays so when it comes from `release`.

    `there` is of `appeared`. Of another package that is one which was there before. Of a package that came up
    only since then, nothing is known but the number: by that it is compared, as if both were numbered alike.
    """
    one, other = version(release), version(than)
    if one is None or other is None or one.package == other.package or than not in there:
        return is_older(release, than, there)
    began = min(
        (at for name, at in there.items() if (known := version(name)) and known.package == one.package),
        default=None,
    )
    if began is None or began >= there[than]:
        return one.place < other.place
    return is_older(release, than, there)


def newest(releases: Sequence[Seen]) -> str | None:
    """The newest of some releases; None of none."""
    return _newest(sorted(releases, key=_appearance), dict(releases))


class ReleaseOrder:
    """The releases of a project in order, computed once for all of its issues."""

    def __init__(self, of_project: Sequence[Seen]) -> None:
        self._first_seen = dict(of_project)
        appeared = sorted(of_project, key=_appearance)
        self._places = {name: place for place, (name, _at) in enumerate(appeared)}
        self._of_kind: dict[str | None, list[Seen]] = {}
        for seen in appeared:
            self._of_kind.setdefault(_kind(seen[0]), []).append(seen)
        self._newest: dict[str | None, str | None] = {}

    def current(self, of_issue: Collection[str]) -> str | None:
        """The release in which an issue is resolved today: the newest of the kind that had the issue.

        A project may have several parts with releases of their own. None where the issue has no releases.
        """
        places = self._places
        known = [name for name in of_issue if name in places]
        if not known:
            return None
        if len(self._of_kind) == 1:
            # As nearly always: then the releases need not be compared.
            (kind,) = self._of_kind
        else:
            known.sort(key=places.__getitem__)
            kind = _kind(_newest([(name, self._first_seen[name]) for name in known], self._first_seen) or "")
        if kind not in self._newest:
            self._newest[kind] = next(self.descending(kind), None)
        return self._newest[kind]

    def ends(self, of_issue: Collection[str]) -> tuple[str | None, str | None]:
        """The oldest and the newest of an issue's releases."""
        places = self._places
        appeared = sorted((name for name in of_issue if name in places), key=places.__getitem__)
        oldest: str | None = None
        for name in appeared:
            if oldest is None or is_older(name, oldest, self._first_seen):
                oldest = name
        return oldest, _newest([(name, self._first_seen[name]) for name in appeared], self._first_seen)

    def descending(self, kind: str | None) -> Iterator[str]:
        """The releases of one kind, the newest first."""
        by_place: dict[tuple[object, ...], list[Seen]] = {}
        for seen in self._of_kind.get(kind, ()):
            found = version(seen[0])
            by_place.setdefault(found.place if found else (), []).append(seen)
        for place in sorted(by_place, reverse=True):
            left = by_place[place]
            while (name := _newest(left, self._first_seen)) is not None:
                yield name
                left = [seen for seen in left if seen[0] != name]


def _appearance(seen: Seen) -> tuple[int, str]:
    return seen[1], seen[0]


def _newest(appeared: Sequence[Seen], first_seen: Mapping[str, int]) -> str | None:
    found: str | None = None
    for release, _at in appeared:
        if found is None or not is_older(release, found, first_seen):
            found = release
    return found


def _kind(release: str) -> str | None:
    found = version(release)
    return None if found is None else found.package


def record(connection: Connection, seen: Mapping[tuple[int, str], int]) -> None:
    """Record when releases, given as (project, release), were first seen; known ones stay as they are."""
    bulk.add_missing(connection, t.releases, [(*release, at) for release, at in seen.items()])


def first_seen(
    connection: Connection, names_by_project: Mapping[int, Collection[str]]
) -> dict[int, dict[str, int]]:
    """When these releases were first seen, by project; those that never were are left out."""
    if not names_by_project:
        return {}
    names = set().union(*names_by_project.values())
    rows = connection.execute(
        select(*t.releases.c).where(
            t.releases.c.project_id.in_(names_by_project), t.releases.c.name.in_(names)
        )
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.project_id, {})[row.name] = row.first_seen
    return found


def appeared(
    connection: Connection, names_by_project: Mapping[int, Collection[str]]
) -> dict[int, dict[str, int]]:
    """By project, when these releases were there, for `came_before`: see `appearances`."""
    found = first_seen(connection, names_by_project)
    several = [project_id for project_id, names in names_by_project.items() if _are_of_several(names)]
    for project_id, seen in known(connection, several).items():
        found[project_id] = appearances([*{**found.get(project_id, {}), **dict(seen)}.items()])
    return found


def _are_of_several(names: Iterable[str]) -> bool:
    """Whether some of the releases are versions of different packages."""
    found = (version(name) for name in names)
    return len({each.package for each in found if each is not None}) > 1


def known(connection: Connection, project_ids: Collection[int]) -> dict[int, list[Seen]]:
    """The latest releases of projects, at most `COMPARED` of each, in order of first appearance."""
    releases = t.releases.c
    found: dict[int, list[Seen]] = {}
    for project_id in project_ids:
        latest = (
            select(releases.name, releases.first_seen)
            .where(releases.project_id == project_id)
            .order_by(releases.first_seen.desc(), releases.name.desc())
            .limit(COMPARED)
        )
        seen = [(row.name, row.first_seen) for row in connection.execute(latest)]
        if seen:
            found[project_id] = seen[::-1]
    return found


def recent(connection: Connection, issue_ids: Collection[int], *, limit: int = 50) -> list[str]:
    """The last releases that appeared in the projects of these issues, at most `limit` of each project."""
    rows = _PROJECTS.rows(connection, issues=sqlite.values_of(issue_ids))
    found = known(connection, {project_id for _issue, project_id in rows})
    return list(dict.fromkeys(name for seen in found.values() for name, _at in seen[-limit:]))


def of_issues(connection: Connection, issue_ids: Collection[int]) -> dict[int, set[str]]:
    """The releases that had each of these issues."""
    found: dict[int, set[str]] = {}
    for issue_id, release in _OF_ISSUES.rows(connection, issues=sqlite.values_of(issue_ids)):
        found.setdefault(issue_id, set()).add(release)
    for issue_id, release in recent_counts.values(connection, issue_ids, "release"):
        found.setdefault(issue_id, set()).add(release)
    return found


class CurrentReleases:
    """In which release issues are resolved today; the releases of a project are read once, for all issues."""

    def __init__(self) -> None:
        self._orders: dict[int, ReleaseOrder] = {}
        # Many issues had the same releases.
        self._known: dict[tuple[int, frozenset[str]], str | None] = {}

    def of(self, connection: Connection, issue_ids: Collection[int]) -> dict[int, str | None]:
        """The release of each of these issues; None where it has none."""
        releases = of_issues(connection, issue_ids)
        project_of: dict[int, int] = dict(_PROJECTS.rows(connection, issues=sqlite.values_of(releases)))
        unknown = set(project_of.values()).difference(self._orders)
        found = known(connection, unknown)
        self._orders |= {project_id: ReleaseOrder(found.get(project_id, ())) for project_id in unknown}
        current: dict[int, str | None] = dict.fromkeys(issue_ids)
        for issue_id, project_id in project_of.items():
            key = project_id, frozenset(releases[issue_id])
            if key not in self._known:
                self._known[key] = self._orders[project_id].current(releases[issue_id])
            current[issue_id] = self._known[key]
        return current


class IssueReleases(Struct, frozen=True):
    """The first and the last release that had an issue, and those it may be resolved in, the newest first."""

    first: str | None = None
    last: str | None = None
    choices: tuple[str, ...] = ()


def of_issue(connection: Connection, issue_id: int, *, limit: int = 8) -> IssueReleases:
    """The releases of an issue, and at most `limit` choices; none where it has none."""
    mine = of_issues(connection, [issue_id]).get(issue_id)
    if not mine:
        return IssueReleases()
    project_id = connection.execute(
        select(t.issues.c.project_id).where(t.issues.c.id == issue_id)
    ).scalar_one()
    seen = known(connection, [project_id]).get(project_id, [])
    order = ReleaseOrder(seen)
    first, last = order.ends(mine)
    found = order.current(mine)
    choices = () if found is None else tuple(islice(order.descending(_kind(found)), limit))
    return IssueReleases(first, last, choices)


_OF_ISSUES = Prepared(
    select(t.issue_tags.c.issue_id, t.issue_tags.c.value).where(
        sqlite.among(t.issue_tags.c.issue_id, "issues"), t.issue_tags.c.key == "release"
    )
)
_PROJECTS = Prepared(
    select(t.issues.c.id, t.issues.c.project_id).where(sqlite.among(t.issues.c.id, "issues"))
)
