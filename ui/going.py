"""The commands that go somewhere: to a view, to a place of the sidebar by its number, to another pane."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.commands.table import PLACES_WITH_KEYS
from ui.keyboard.pane_focus import PaneFocus
from ui.main_window import MainWindow
from ui.places import Page, Place

_GOING: Mapping[str, Place | Page] = {
    "go_inbox": Place("inbox"),
    "go_unread": Place("unread"),
    "go_new_today": Place("new_today"),
    "go_regressed": Place("regressed"),
    "go_escalating": Place("escalating"),
    "go_pinned": Place("pinned"),
    "go_resolved": Place("resolved"),
    "go_muted": Place("muted"),
    "go_everything": Place("everything"),
    "go_queue": Page.QUEUE,
}


def doers(window: MainWindow) -> dict[str, Callable[[], None]]:
    """What each of these commands does."""
    panes = PaneFocus(lambda: panes_of(window), window)
    return {
        **{name: partial(go_to, window, place) for name, place in _GOING.items()},
        **{f"place_{n + 1}": partial(_go_to_number, window, n) for n in range(PLACES_WITH_KEYS)},
        "next_pane": partial(panes.step, 1),
        "previous_pane": partial(panes.step, -1),
    }


def reasons(window: MainWindow) -> dict[str, Callable[[], str]]:
    """Why one of them cannot be run now."""
    pinned = _GOING["go_pinned"]
    return {"go_pinned": lambda: "" if pinned in places(window) else "nothing is pinned"} | {
        f"place_{n + 1}": lambda n=n: "" if n < len(places(window)) else "The sidebar has no such place"
        for n in range(PLACES_WITH_KEYS)
    }


def places(window: MainWindow) -> list[Place | Page]:
    """What the sidebar lists, from the top."""
    return [place for _name, place in window.sidebar.places()]


def panes_of(window: MainWindow) -> Sequence[QWidget]:
    """The panes, from the left: the sidebar, and what the shown page has."""
    return (window.sidebar.list, *window.focus_panes())


def go_to(window: MainWindow, place: Place | Page) -> None:
    """Show a place, with the focus in it."""
    window.sidebar.go_to(place)
    panes = window.focus_panes()
    if panes:
        panes[0].setFocus()


def _go_to_number(window: MainWindow, number: int) -> None:
    listed = places(window)
    if number < len(listed):
        go_to(window, listed[number])
