"""Why a command cannot be run just now, for the palette: a reason instead of nothing happening."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui import going
from ui.commands.table import ON_THE_EVENT
from ui.main_window import MainWindow
from ui.places import Page
from ui.undo import UndoStack

if TYPE_CHECKING:
    from ui.detail.pane import DetailPane

Reasons = dict[str, Callable[[], str]]
_WITH_SELECTION = (
    "resolve",
    "mute",
    "reopen",
    "toggle_read",
    "note",
    "pin",
    "delete",
    "copy_issues",
    "export_issues",
)
_WITHOUT_EVENT = frozenset({"find"})
_NO_ISSUE = "no issue is selected"
_NO_EVENT = "no event is shown"


def reasons(window: MainWindow, undo: UndoStack, detail: "Callable[[], DetailPane | None]") -> Reasons:
    """By command what says why it cannot be run; empty, it can."""

    def selected(least: int = 1) -> Callable[[], str]:
        too_few = _NO_ISSUE if least == 1 else "select the issues to merge first (Shift ↑ ↓)"
        return lambda: "" if len(window.issues.view.selected()) >= least else too_few

    def shown() -> str:
        pane = detail()
        return "" if pane is not None and pane.detail is not None else _NO_EVENT

    def on(*pages: Page) -> Callable[[], str]:
        names = " or ".join(page.value.lower() for page in pages)
        return lambda: "" if window.sidebar.place in pages else f"only in the {names}"

    found: Reasons = {name: selected() for name in _WITH_SELECTION}
    found |= {name: shown for name in ON_THE_EVENT if name not in _WITHOUT_EVENT}
    found |= dict.fromkeys(("correct", "copy_as", "export", "delete_event"), shown)
    found |= going.reasons(window)
    return found | {
        "merge": selected(2),
        "undo": lambda: "" if undo.can_undo else "nothing was done yet",
        "redo": lambda: "" if undo.can_redo else "nothing was undone",
        "again": on(Page.DOCTOR, Page.QUEUE),
        "again_all": on(Page.QUEUE),
    }
