"""Acts on saved views: saved, renamed, changed, moved, deleted, each with its undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app import store
from app.plain_text import elided
from ui.acts import Act, ChangedElsewhere
from ui.undo import Actions

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.places.saved_views import SavedView, ViewChange

_SHOWN = 40


class ViewActions(Actions):
    """Acts on saved views, by their ids."""

    def explain(self, error: BaseException) -> str | None:
        return str(error) if isinstance(error, store.saved_views.ViewRefused) else None

    def save(self, view: "SavedView") -> None:
        """Save a view, as the last one."""
        made = view

        def work(connection: "Connection") -> "ViewChange":
            nonlocal made
            change = store.saved_views.add(connection, made)
            # Done again, it is the same view: acts that followed name it by its number.
            made = replace(made, id=change.after[-1].id)
            return change

        self._do(f"View {_name(view)} saved", work)

    def change(self, view: "SavedView", *, is_renaming: bool = False) -> None:
        """Give the view of that id these values."""
        what = (
            f"View renamed to {_name(view)}" if is_renaming else f"Search of the view {_name(view)} changed"
        )
        self._do(what, lambda connection: store.saved_views.change(connection, view))

    def move(self, number: int, name: str, to: int) -> None:
        """Put a view at this place among the others."""
        what = f"View {elided(name, _SHOWN)} moved"
        self._do(what, lambda connection: store.saved_views.move(connection, number, to))

    def delete(self, number: int, name: str) -> None:
        """Delete a view."""
        what = f"View {elided(name, _SHOWN)} deleted"
        self._do(what, lambda connection: store.saved_views.remove(connection, number))

    def _do(self, sentence: str, work: "Callable[[Connection], ViewChange | None]") -> None:
        self.stack.do(self, Act(sentence=sentence, do=work, undo=_undo))


def _undo(connection: "Connection", change: "ViewChange") -> None:
    if not store.saved_views.take_back(connection, change):
        raise ChangedElsewhere


def _name(view: "SavedView") -> str:
    return elided(view.name, _SHOWN)
