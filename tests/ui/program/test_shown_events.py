"""Events that are not the newest of their issues."""

import urllib.request
from functools import partial

from pytestqt.qtbot import QtBot

from tests.factories import envelope
from tests.ui.program.conftest import PATIENCE_MS
from ui.application import Application


def is_shown(running: Application, event_id: str) -> bool:
    pane = running.detail
    return pane is not None and pane.detail is not None and pane.detail.event.event_id == event_id


def has_events(running: Application, number: int) -> bool:
    model = running.window.issues.model
    return model.rowCount() == 1 and model.issue(0).count == number


def test_an_event_is_shown_and_left_for_the_one_beside_it(running: Application, qtbot: QtBot) -> None:
    older, newer = "a" * 32, "b" * 32
    for number, event_id in enumerate((older, newer), start=1):
        body = envelope(event_id)
        urllib.request.urlopen(f"{running.engine.url}/api/1/envelope/?sentry_key=shop", body).close()
        qtbot.waitUntil(partial(has_events, running, number), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: running.detail is not None, timeout=PATIENCE_MS)
    events = running.controllers.shown_events
    events.show(1, 1)
    qtbot.waitUntil(partial(is_shown, running, older), timeout=PATIENCE_MS)
    events.leave(1)
    qtbot.waitUntil(partial(is_shown, running, newer), timeout=PATIENCE_MS)
    events.leave(1)
    assert is_shown(running, newer), "it is another one that is shown"
