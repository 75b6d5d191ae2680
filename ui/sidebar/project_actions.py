"""Acts on projects: renamed, hidden, given a colour and a sign, merged, each with its undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Signal

from app import store
from app.plain_text import elided, plural
from ui.acts import Act, ChangedElsewhere
from ui.undo import Actions

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.places.project_acts import ProjectChange, ProjectLook

_SHOWN = 40


class ProjectWish(Struct, frozen=True, kw_only=True):
    """How a person wants to see a project."""

    name: str
    colour: str | None = None
    sign: str | None = None
    hidden: bool = False


class ProjectActions(Actions):
    """Acts on projects, by their ids. What an app sends goes where it went, whatever is done to a project.

    `renamed(before, after)`: a project is seen under another name, its own or that of the one that it is in.
    """

    renamed = Signal(str, str)

    def explain(self, error: BaseException) -> str | None:
        return str(error) if isinstance(error, store.project_acts.ProjectRefused) else None

    def show_as(self, look: "ProjectLook", wish: ProjectWish) -> None:
        """Give a project another name, colour and sign, and hide it or not: all is one act."""

        def work(connection: "Connection") -> "ProjectChange | None":
            acts = store.project_acts
            changes = [
                acts.rename(connection, look.id, wish.name),
                acts.dress(connection, look.id, colour=wish.colour, icon=wish.sign),
                acts.set_hidden(connection, [look.id], wish.hidden),
            ]
            return acts.joined(changes)

        is_renamed = wish.name != look.shown
        name = elided(look.shown, _SHOWN)
        self._do(
            f"Project {name} renamed to {elided(wish.name, _SHOWN)}"
            if is_renamed
            else f"Project {name} changed",
            work,
        )

    def set_hidden(self, names: dict[int, str], *, hidden: bool) -> None:
        """Hide projects, given by id with their names, or show them again."""
        ids = tuple(names)
        what = f"Project {elided(names[ids[0]], _SHOWN)}" if len(ids) == 1 else plural(len(ids), "project")
        self._do(
            f"{what} {'hidden' if hidden else 'shown again'}",
            lambda connection: store.project_acts.set_hidden(connection, ids, hidden),
        )

    def merge(self, project: int, name: str, into: int, into_name: str) -> None:
        """Make one project a part of another."""
        self._do(
            f"Project {elided(name, _SHOWN)} merged into {elided(into_name, _SHOWN)}",
            lambda connection: store.project_acts.merge(connection, project, into),
        )

    def _do(self, sentence: str, work: "Callable[[Connection], ProjectChange | None]") -> None:
        self.stack.do(self, Act(sentence=sentence, do=work, undo=_undo, done=self._follow_names))

    def _follow_names(self, change: "ProjectChange") -> None:
        for before, after in zip(change.before, change.after, strict=True):
            if before.shown != after.shown:
                self.renamed.emit(before.shown, after.shown)


def _undo(connection: "Connection", change: "ProjectChange") -> None:
    if not store.project_acts.take_back(connection, change):
        raise ChangedElsewhere
