"""A store with two runs of one command, and the list in which what came in them is shown."""

import pytest
from pytestqt.qtbot import QtBot

from app.store.places import runs
from tests.factories import NOON, SECOND, Store, make_event
from tests.runs_of_commands import make_run
from ui.issues.pane import IssuesPane
from ui.link.counters import Counters
from ui.link.store_access import StoreAccess
from ui.runs.controller import RunController
from ui.undo import UndoStack


@pytest.fixture
def filled(store: Store) -> Store:
    """Issue 1 came in both runs, issue 2 in the second only."""
    for number, functions in ((1, "a"), (2, "ab")):
        assert store.write(runs.begin, make_run(host="elsewhere", at=NOON + number * SECOND)) == number
        for function in functions:
            store.file(make_event(function=function))
        store.write(runs.end, number, NOON + (number + 4) * SECOND, exit_code=1)
        store.write(runs.record_settled, store.read(runs.settled))
    return store


@pytest.fixture
def pane(access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> IssuesPane:
    made = IssuesPane(access, undo)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def controller(
    filled: Store, pane: IssuesPane, access: StoreAccess, undo: UndoStack, qtbot: QtBot
) -> RunController:
    counters = Counters(access, pane)
    made = RunController(pane, access, undo, counters, pane)
    made.place_chosen.connect(pane.show_place)
    with qtbot.waitSignal(counters.changed):
        counters.ring()
    return made
