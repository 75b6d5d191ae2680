"""A list of issues with the keys that act on many of them."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import Store, make_event
from ui.commands.actions import make_actions
from ui.commands.table import COMMANDS
from ui.issues import pane as pane_module
from ui.issues.pane import IssuesPane
from ui.link.store_access import StoreAccess
from ui.places import Place
from ui.trash.controller import TrashController
from ui.undo import UndoStack


@pytest.fixture
def pane(
    access: StoreAccess, undo: UndoStack, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[IssuesPane]:
    """Six issues, 1 to 6, of the projects shop and blog; the newest is the first row, and has the cursor."""
    monkeypatch.setattr(pane_module, "SEEN_AFTER_MS", 600_000)
    for number in range(6):
        project = "blog" if number == 5 else "shop"
        store.file(make_event(f"Error{number}", function=f"f{number}", project=project), project=project)
    made = IssuesPane(access, undo)
    trash = TrashController(made, access, undo, made)
    trash.actions.committed.connect(made.feed.ring)
    nothing: dict[str, Callable[[], None]] = {command.name: lambda: None for command in COMMANDS}
    doers = nothing | {
        "next": lambda: made.view.step(1),
        "previous": lambda: made.view.step(-1),
        "resolve": lambda: made.act("resolve"),
        "reopen": lambda: made.act("reopen"),
        "mute": made.ask_mute,
        "toggle_read": made.toggle_read,
        "pin": made.toggle_pin,
        "delete": lambda: trash.delete(made.selection),
        "select": made.selection.marking.toggle,
        "select_all": made.selection.select_all,
        "undo": undo.undo,
        "redo": undo.redo,
    }
    made.set_commands(make_actions(made, doers), ("resolve", "note", "merge", "pin", "delete"))
    qtbot.addWidget(made)
    made.resize(480, 500)
    made.show()
    made.activateWindow()
    made.view.setFocus()
    with qtbot.waitSignal(made.feed.settled):
        made.show_place(Place())
    made.view.select_row(0)
    yield made
    made.feed.stop()
