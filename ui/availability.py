"""Why a command cannot be run just now, for the palette: a reason instead of nothing happening."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui import going
from ui.commands.table import ON_THE_EVENT
from ui.issues.selection.offers import Selected, offers
from ui.main_window import MainWindow
from ui.places import Page
from ui.undo import UndoStack

if TYPE_CHECKING:
    from ui.detail.pane import DetailPane

Reasons = dict[str, Callable[[], str]]
_WITH_SELECTION = tuple(offer.command for offer in offers(Selected()))
_WITHOUT_EVENT = frozenset({"find"})
_NO_ISSUE = "no issue is selected"
_NO_EVENT = "no event is shown"


def reasons(window: MainWindow, undo: UndoStack, detail: "Callable[[], DetailPane | None]") -> Reasons:
    """By command what says why it cannot be run; empty, it can."""

    def selected(name: str) -> Callable[[], str]:
        def why() -> str:
            meant = window.issues.selection.selected
            if not meant.issues:
                return _NO_ISSUE
            reason = next((offer.reason for offer in offers(meant) if offer.command == name), None)
            return "" if reason is None else reason[0].lower() + reason[1:]

        return why

    def current() -> str:
        return "" if window.issues.view.current_id() is not None else _NO_ISSUE

    def shown() -> str:
        pane = detail()
        return "" if pane is not None and pane.detail is not None else _NO_EVENT

    def on(*pages: Page) -> Callable[[], str]:
        names = " or ".join(page.value.lower() for page in pages)
        return lambda: "" if window.sidebar.place in pages else f"only in the {names}"

    found: Reasons = {name: selected(name) for name in _WITH_SELECTION}
    found |= {name: shown for name in ON_THE_EVENT if name not in _WITHOUT_EVENT}
    found |= dict.fromkeys(("correct", "copy_as", "export", "delete_event"), shown)
    found |= going.reasons(window)
    return found | {
        "note": current,
        "select": current,
        "undo": lambda: "" if undo.can_undo or undo.is_working else "nothing was done yet",
        "redo": lambda: "" if undo.can_redo or undo.is_working else "nothing was undone",
        "again": on(Page.DOCTOR, Page.QUEUE),
        "again_all": on(Page.QUEUE),
    }
