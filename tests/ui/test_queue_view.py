"""The queue for people: dead letters with their traceback, refusals with their reason."""

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from app.store import schema
from tests.factories import NOON, SECOND, Store, append, make_event, make_report
from ui.queue_view import QueueView
from ui.store_access import StoreAccess
from ui.theme import Theme


@pytest.fixture
def troubled(store: Store) -> Store:
    """One dead report, one that waits for its next try, one refusal."""
    append(store.database, make_report(1), make_report(2))
    with store.database.writing() as connection:
        for report_id, dead in ((1, True), (2, False)):
            connection.execute(
                insert(schema.setbacks).values(
                    report_id=report_id,
                    attempts=5 if dead else 1,
                    due_at=None if dead else NOON,
                    dead=dead,
                    error="KeyError: 'frames'",
                    traceback="Traceback (most recent call last):\n  …\nKeyError: 'frames'",
                )
            )
        connection.execute(
            insert(schema.refusals).values(
                at=NOON + SECOND,
                status=413,
                reason="The body is 78 MB; at most 64 MB are taken",
                remote="127.0.0.1",
                head=b"POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost",
                body=b"\xff{}",
            )
        )
    return store


@pytest.fixture
def view(access: StoreAccess, qtbot: QtBot) -> QueueView:
    made = QueueView(access)
    qtbot.addWidget(made)
    made.resize(900, 400)
    return made


def test_it_shows_what_went_wrong_and_why(view: QueueView, troubled: Store, qtbot: QtBot) -> None:
    view.show()
    qtbot.waitUntil(lambda: view.list.rows.rowCount() == 3)
    assert [each.title for each in view.list.rows.rows] == [
        "413  The body is 78 MB; at most 64 MB are taken",
        "KeyError: 'frames'",
        "KeyError: 'frames'",
    ]
    assert "\\xff{}" in view.text.toPlainText()
    assert {each.where for each in view.list.rows.rows[1:]} == {
        "shop · dead after 5 tries",
        "shop · waits for its next try, after 1 try",
    }
    view.list.setCurrentIndex(view.list.rows.index(1))
    assert "Traceback (most recent call last)" in view.text.toPlainText()


def test_nothing_wrong_is_said_too(view: QueueView, store: Store, qtbot: QtBot) -> None:
    store.file(make_event())
    view.show()
    qtbot.waitUntil(lambda: "1 digested" in view.summary.text())
    assert not view.list.isVisible()


def test_nobody_looking_nothing_read(view: QueueView, troubled: Store, qtbot: QtBot) -> None:
    view.refresh()
    qtbot.wait(20)
    assert view.list.rows.rowCount() == 0


def test_it_is_painted_in_both_themes(view: QueueView, troubled: Store, dressed: Theme, qtbot: QtBot) -> None:
    view.show()
    qtbot.waitUntil(lambda: view.list.rows.rowCount() == 3)
    assert view.list.grab().toImage().pixelColor(30, 350) == dressed.window
