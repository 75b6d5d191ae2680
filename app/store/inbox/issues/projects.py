"""The numbers of projects: rows elsewhere refer to a project by its number, everything else by a name.

A project has two names: the one that its app sends, and the one that people see. Either leads to it.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select, true

from app.store import bulk, sqlite
from app.store import schema as t
from app.store.prepared import Prepared

_P = t.projects.c


def numbers(connection: Connection, names: Collection[str], now: int) -> dict[str, int]:
    """The numbers of these projects, by name; adds those that are missing. `now` is in microseconds."""
    found = {name: _NUMBER.value(connection, wanted=name) for name in names}
    known = {name: number for name, number in found.items() if number is not None}
    # An app that is given the name that people see sends to the same project.
    for name in set(names) - known.keys():
        number = _SHOWN_AS.value(connection, wanted=name)
        if number is not None:
            known[name] = number
    missing = sorted(set(names) - known.keys())
    if missing:
        last = connection.execute(select(func.max(_P.id))).scalar() or 0
        added = {name: last + n for n, name in enumerate(missing, 1)}
        rows = [(number, name, now, name, None, False, None, None) for name, number in added.items()]
        bulk.add(connection, t.projects, rows)
        known |= added
    return known


def number(connection: Connection, name: str, now: int) -> int:
    """The number of the project that people mean by a name; it is added where there is none.

    Of one that was merged into another, that one's.
    """
    found = numbers(connection, [name], now)[name]
    return int(_MERGED_INTO.value(connection, project=found) or found)


def shown(connection: Connection, names: Collection[str]) -> dict[str, str]:
    """What people see of the projects that are sent these names; a name that is none of one stays itself."""
    rows = _SHOWN.rows(connection, wanted=sqlite.values_of(names))
    return {name: name for name in names} | {row[0]: row[1] for row in rows}


def sent(connection: Connection, name: str) -> frozenset[str]:
    """The names that apps send for the project that a name means, and that name."""
    return frozenset((name, *(row[0] for row in _SENT.rows(connection, wanted=name))))


def names_of(connection: Connection, project_id: int) -> frozenset[str]:
    """The names by which reports arrive for this project: what its app sends, also of those merged into it.

    The name that people see is one of them, unless the app of another project sends that.
    """
    found = {name for (name,) in _NAMES.rows(connection, project=project_id)}
    shown = _SHOWN_BY_NUMBER.value(connection, project=project_id)
    if shown and _NUMBER.value(connection, wanted=shown) is None:
        found.add(shown)
    return frozenset(found)


def are_several(connection: Connection, project_ids: Collection[int]) -> bool:
    """Whether these numbers are of more than one project, as people see them."""
    own = select(func.coalesce(_P.merged_into, _P.id)).where(_P.id.in_(project_ids)).distinct()
    return len(project_ids) > 1 and len(connection.execute(own).all()) > 1


def named(name: Any) -> Select[tuple[int]]:
    """The query for the numbers of the projects that a name means: those that were merged are all of them."""
    return select(_P.id).where(_P.shown.in_(_seen_as(name)))


def like(pattern: str, escape: str) -> Select[tuple[int]]:
    """The query for the numbers of the projects that have a name like this, with those merged into them."""
    other = t.projects.alias("other").c
    is_like = or_(*(name.ilike(pattern, escape=escape) for name in (other.name, other.shown)))
    return select(_P.id).where(_P.shown.in_(select(other.shown).where(is_like)))


HIDDEN: Select[tuple[int]] = select(_P.id).where(_P.hidden == true())
"""The query for the numbers of the projects that are hidden."""


def _seen_as(name: Any) -> Select[tuple[str]]:
    other = t.projects.alias("other").c
    return select(other.shown).where(or_(other.name == name, other.shown == name))


_NUMBER = Prepared(select(_P.id).where(_P.name == bindparam("wanted")))
_SHOWN_AS = Prepared(select(_P.id).where(_P.shown == bindparam("wanted"), _P.merged_into.is_(None)))
_SHOWN = Prepared(select(_P.name, _P.shown).where(sqlite.among(_P.name, "wanted")))
_SENT = Prepared(select(_P.name).where(_P.shown.in_(_seen_as(bindparam("wanted")))))
_NAMES = Prepared(
    select(_P.name).where((_P.id == bindparam("project")) | (_P.merged_into == bindparam("project")))
)
_MERGED_INTO = Prepared(select(_P.merged_into).where(_P.id == bindparam("project")))
_SHOWN_BY_NUMBER = Prepared(select(_P.shown).where(_P.id == bindparam("project")))
