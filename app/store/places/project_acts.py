"""What a person makes of projects: they are renamed, hidden, given a colour and a sign, and merged.

A project keeps its number and the name that its app sends, so nothing moves: what arrives finds it as before,
and undoing is exact, however much came meanwhile. One that is merged into another points to it, and is shown
under its name; its issues and events stay its own, and are listed with the other's.
"""

from collections.abc import Collection, Iterable

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import Connection, or_, select, update

from app.plain_text import compact_line
from app.store.schema import projects

LONGEST_NAME = 100
# A letter, or an emoji, which may be made of several characters.
LONGEST_ICON = 16


class ProjectRefused(Exception):
    """What was asked makes no sense; the text is a sentence for people.

    `other` is the project that has the name already: the two could be merged.
    """

    def __init__(self, sentence: str, other: int | None = None) -> None:
        super().__init__(sentence)
        self.other = other


class ProjectLook(Struct, frozen=True, kw_only=True):
    """A project as people see it. `name` is what its app sends; without a colour or an icon the usual."""

    id: int
    name: str
    shown: str
    merged_into: int | None = None
    hidden: bool = False
    colour: str | None = None
    icon: str | None = None


class ProjectChange(Struct, frozen=True):
    """Projects as they were, and as an act has made them."""

    before: tuple[ProjectLook, ...]
    after: tuple[ProjectLook, ...]


def get(connection: Connection, project_id: int) -> ProjectLook | None:
    """A project; one that was merged leads to the one that it is in."""
    found = _family(connection, [project_id])
    return next((each for each in found if each.merged_into is None), None)


def named(connection: Connection, name: str) -> ProjectLook | None:
    """The project that this name means, whether it is shown or sent."""
    columns = projects.c
    row = connection.execute(
        select(columns.id).where(or_(columns.name == name, columns.shown == name)).order_by(columns.id)
    ).first()
    return None if row is None else get(connection, row.id)


def listed(connection: Connection) -> list[ProjectLook]:
    """All projects that are in no other, by name."""
    query = select(*_COLUMNS).where(projects.c.merged_into.is_(None)).order_by(projects.c.shown)
    return _looks(connection.execute(query))


def merged(connection: Connection, project_id: int) -> list[ProjectLook]:
    """The projects that were merged into this one."""
    query = select(*_COLUMNS).where(projects.c.merged_into == project_id).order_by(projects.c.name)
    return _looks(connection.execute(query))


def rename(connection: Connection, project_id: int, name: str) -> ProjectChange | None:
    """Show a project under another name. Raises `ProjectRefused`."""
    name = compact_line(name).strip()
    if not name:
        raise ProjectRefused("A project needs a name.")
    if len(name) > LONGEST_NAME:
        raise ProjectRefused(f"A name may have {LONGEST_NAME} characters; this one has {len(name)}.")
    family = _family(connection, [project_id])
    other = named(connection, name)
    if other is not None and other.id not in {each.id for each in family}:
        raise ProjectRefused(f"There is a project {name} already. The two can be merged.", other.id)
    return _write(connection, family, (replace(each, shown=name) for each in family))


def set_hidden(connection: Connection, project_ids: Collection[int], hidden: bool) -> ProjectChange | None:
    """Leave the issues of projects out of all lists but their own, or no longer."""
    family = _family(connection, project_ids)
    return _write(connection, family, (replace(each, hidden=hidden) for each in family))


def dress(
    connection: Connection, project_id: int, *, colour: str | None, icon: str | None
) -> ProjectChange | None:
    """Give a project a colour (a token of the theme), and a letter or an emoji; None for the usual ones."""
    if icon is not None:
        icon = compact_line(icon).strip()[:LONGEST_ICON] or None
    own = [each for each in _family(connection, [project_id]) if each.merged_into is None]
    return _write(connection, own, (replace(each, colour=colour, icon=icon) for each in own))


def merge(connection: Connection, project_id: int, into: int) -> ProjectChange | None:
    """List a project's issues with those of another, from now on, under that one's name.

    Raises `ProjectRefused`.
    """
    target = get(connection, into)
    family = _family(connection, [project_id])
    if target is None or not family:
        raise ProjectRefused("The project is not there any more.")
    if target.id in {each.id for each in family}:
        raise ProjectRefused("The two are one project already.")
    return _write(
        connection,
        family,
        (replace(each, merged_into=target.id, shown=target.shown, hidden=target.hidden) for each in family),
    )


def joined(changes: Iterable[ProjectChange | None]) -> ProjectChange | None:
    """Several changes, one after the other, as one."""
    before: dict[int, ProjectLook] = {}
    after: dict[int, ProjectLook] = {}
    for change in changes:
        if change is not None:
            before = {each.id: each for each in change.before} | before
            after |= {each.id: each for each in change.after}
    if not after:
        return None
    numbers = sorted(after)
    return ProjectChange(tuple(before[n] for n in numbers), tuple(after[n] for n in numbers))


def take_back(connection: Connection, change: ProjectChange) -> bool:
    """Make projects again what they were; False, and nothing is done, if they were changed since."""
    found = {each.id: each for each in _read(connection, [each.id for each in change.after])}
    if any(found.get(each.id) != each for each in change.after):
        return False
    names = {each.shown for each in change.before} - {each.shown for each in change.after}
    own = {each.id for each in change.before}
    taken = select(projects.c.id).where(projects.c.name.in_(names) | projects.c.shown.in_(names))
    if set(connection.execute(taken).scalars()) - own:
        return False
    _write(connection, change.after, change.before)
    return True


def _family(connection: Connection, project_ids: Collection[int]) -> tuple[ProjectLook, ...]:
    """These projects, those that they are in, and all that are in those."""
    columns = projects.c
    roots = {each.merged_into or each.id for each in _read(connection, project_ids)}
    query = select(*_COLUMNS).where(or_(columns.id.in_(roots), columns.merged_into.in_(roots)))
    return tuple(_looks(connection.execute(query.order_by(columns.id))))


def _read(connection: Connection, project_ids: Collection[int]) -> list[ProjectLook]:
    return _looks(connection.execute(select(*_COLUMNS).where(projects.c.id.in_(project_ids))))


def _looks(rows: Iterable[object]) -> list[ProjectLook]:
    return [ProjectLook(**row._mapping) for row in rows]  # type: ignore[attr-defined]


def _write(
    connection: Connection, before: Iterable[ProjectLook], after: Iterable[ProjectLook]
) -> ProjectChange | None:
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    for _old, new in changed:
        values = {name: value for name, value in asdict(new).items() if name not in ("id", "name")}
        connection.execute(update(projects).where(projects.c.id == new.id).values(**values))
    if not changed:
        return None
    return ProjectChange(tuple(old for old, _new in changed), tuple(new for _old, new in changed))


_COLUMNS = tuple(projects.c[name] for name in ProjectLook.__struct_fields__)
