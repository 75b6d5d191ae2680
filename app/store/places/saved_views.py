"""The views that a person has saved: each a search with a name, in the order in which they are listed.

They are in the store rather than among the preferences: an act on them is a transaction like any other, with
the same undo, and they name a project by its number, so that they outlive its renaming.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, delete, func, insert, select, update

from app.store.inbox.lists.issue_filter import View
from app.store.schema import projects as p
from app.store.schema import saved_views as v

LONGEST_NAME = 60
LONGEST_TEXT = 4_000
MOST = 200


class ViewRefused(Exception):
    """What was asked makes no sense; the text is a sentence for people."""


class SavedView(Struct, frozen=True, kw_only=True):
    """A search with a name: in `view` of all projects or of one, in the order `sort` (empty: the usual)."""

    id: int = 0
    name: str
    text: str = ""
    view: View = View.INBOX
    project: str | None = None
    project_id: int | None = None
    sort: str = ""


class ViewChange(Struct, frozen=True):
    """The list of views as it was, and as an act has made it."""

    before: tuple[SavedView, ...]
    after: tuple[SavedView, ...]


def listed(connection: Connection) -> tuple[SavedView, ...]:
    """All saved views in their order."""
    rows = connection.execute(
        select(v.c.id, v.c.name, v.c.text, v.c.view, v.c.project_id, v.c.sort, p.c.shown.label("project"))
        .join_from(v, p, p.c.id == v.c.project_id, isouter=True)
        .order_by(v.c.place, v.c.id)
    )
    known = {each.value for each in View}
    return tuple(
        SavedView(
            id=row.id,
            name=row.name,
            text=row.text,
            view=View(row.view) if row.view in known else View.EVERYTHING,
            project=row.project,
            project_id=row.project_id,
            sort=row.sort,
        )
        for row in rows
    )


def add(connection: Connection, view: SavedView) -> ViewChange:
    """Save a view, as the last one; its project is given by name. Raises `ViewRefused`.

    One that has a number gets it back, unless another has it now.
    """
    before = listed(connection)
    if len(before) >= MOST:
        raise ViewRefused(f"There are {MOST} views already.")
    given = _checked(connection, view)
    kept = {"id": given.id} if given.id and all(each.id != given.id for each in before) else {}
    row = insert(v).values(place=len(before), **kept, **_values(given))
    number = int(connection.execute(row.returning(v.c.id)).scalar_one())
    return ViewChange(before, (*before, replace(given, id=number)))


def change(connection: Connection, view: SavedView) -> ViewChange | None:
    """Give the view of that number these values; None when it has them, or is not there any more.

    Raises `ViewRefused`.
    """
    given = _checked(connection, view)
    before = listed(connection)
    after = tuple(given if each.id == given.id else each for each in before)
    return _put(connection, before, after)


def move(connection: Connection, number: int, to: int) -> ViewChange | None:
    """Put a view at a place among the others, counted without it; None when it is there."""
    before = listed(connection)
    moved = [each for each in before if each.id == number]
    others = [each for each in before if each.id != number]
    to = max(0, min(to, len(others)))
    return _put(connection, before, (*others[:to], *moved, *others[to:]))


def remove(connection: Connection, number: int) -> ViewChange | None:
    """Delete a view; None when it is not there any more."""
    before = listed(connection)
    return _put(connection, before, tuple(each for each in before if each.id != number))


def take_back(connection: Connection, change: ViewChange) -> bool:
    """Make of the views that an act changed what they were; False if they were changed since.

    Others that came or went meanwhile stay as they are.
    """
    now = {each.id: each for each in listed(connection)}
    before = {each.id: each for each in change.before}
    after = {each.id: each for each in change.after}
    touched = {number for number in before.keys() | after.keys() if before.get(number) != after.get(number)}
    if any(_told(now.get(number)) != _told(after.get(number)) for number in touched):
        return False
    there = [each for each in now.values() if each.id not in touched]
    there += [before[number] for number in touched & before.keys()]
    order = {each.id: place for place, each in enumerate(change.before)}
    known = [each for each in there if each.id in order]
    others = [each for each in there if each.id not in order]
    _put(connection, tuple(now.values()), (*sorted(known, key=lambda each: order[each.id]), *others))
    return True


def _told(view: SavedView | None) -> SavedView | None:
    """The view without its project's name, which may be another by now."""
    return None if view is None else replace(view, project=None)


def _checked(connection: Connection, view: SavedView) -> SavedView:
    name = " ".join(view.name.split())
    if not name:
        raise ViewRefused("A view needs a name.")
    if len(name) > LONGEST_NAME:
        raise ViewRefused(f"A name may have {LONGEST_NAME} characters; this one has {len(name)}.")
    if len(view.text) > LONGEST_TEXT:
        raise ViewRefused(f"The search of a view may have {LONGEST_TEXT:,} characters.")
    if view.project is None:
        return replace(view, name=name, project_id=None)
    same = (p.c.shown == view.project) | (p.c.name == view.project)
    own = func.coalesce(p.c.merged_into, p.c.id).label("id")
    row = connection.execute(select(own, p.c.shown).where(same).order_by(own)).first()
    if row is None:
        raise ViewRefused(f"There is no project {view.project}.")
    return replace(view, name=name, project=row.shown, project_id=int(row.id))


def _put(
    connection: Connection, before: Sequence[SavedView], after: Sequence[SavedView]
) -> ViewChange | None:
    """Write what differs between two lists."""
    if tuple(before) == tuple(after):
        return None
    old = {each.id: (place, each) for place, each in enumerate(before)}
    new = {each.id: (place, each) for place, each in enumerate(after)}
    gone = old.keys() - new.keys()
    if gone:
        connection.execute(delete(v).where(v.c.id.in_(gone)))
    for number, (place, each) in new.items():
        if number not in old:
            connection.execute(insert(v).values(id=number, place=place, **_values(each)))
        elif old[number] != (place, each):
            connection.execute(update(v).where(v.c.id == number).values(place=place, **_values(each)))
    return ViewChange(tuple(before), tuple(after))


def _values(view: SavedView) -> dict[str, object]:
    return {
        "name": view.name,
        "text": view.text,
        "view": view.view.value,
        "project_id": view.project_id,
        "sort": view.sort,
    }
