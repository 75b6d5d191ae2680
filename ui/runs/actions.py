"""Forgetting a run, as an act of a person that can be undone."""

from typing import TYPE_CHECKING

from app import store
from app.plain_text import elided
from ui.acts import Act, ChangedElsewhere
from ui.undo import Actions

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.places.runs import Run

_SHOWN = 40


class RunActions(Actions):
    """Acts on runs, by their numbers."""

    def forget(self, number: int, command: str) -> None:
        """Forget a run; its events stay."""
        act = Act(
            sentence=f"Run {number} of {elided(command, _SHOWN)} forgotten",
            do=lambda connection: store.runs.forget(connection, number),
            undo=_undo,
        )
        self.stack.do(self, act)


def _undo(connection: "Connection", run: "Run") -> None:
    if not store.runs.bring_back(connection, run):
        raise ChangedElsewhere
