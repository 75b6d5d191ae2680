"""The page of the queue: its numbers, what waits, failed and was refused, the jobs, and the acts."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.store.engine_state import job_requests, job_runs, listener_failures, listener_state
from app.store.engine_state.job_runs import Runs
from app.store.engine_state.listener_failures import NewFailure
from app.store.engine_state.listener_state import ListenerState
from app.store.queue import dead_letters, queue_overview, refusals, report_queue
from app.store.queue.report_queue import ReportSetback
from tests.factories import NOON, SECOND, Store, append, make_event, make_report
from ui.link.store_access import StoreAccess
from ui.queue.snapshot import Tab
from ui.queue.view import NARROWEST, QueueView
from ui.theme import Theme
from ui.undo import UndoStack

TRACEBACK = "Traceback (most recent call last):\n  …\nKeyError: 'frames'"


def set_back(store: Store, report_id: int, *, dead: bool) -> None:
    setback = ReportSetback(
        report_id=report_id,
        attempts=5 if dead else 1,
        due_at=None if dead else NOON,
        dead=dead,
        error="KeyError: 'frames'",
        traceback=TRACEBACK,
    )
    store.write(report_queue.set_back, setback)


@pytest.fixture
def troubled(store: Store) -> Store:
    """Two dead reports, one to be tried again, one in line, a refusal, a failed listener, two jobs."""
    append(store.database, *(make_report(n) for n in range(1, 5)))
    store.write(report_queue.advance, 3)
    for report_id, dead in ((1, True), (2, False), (3, True)):
        set_back(store, report_id, dead=dead)
    refusal = {
        "at": NOON + SECOND,
        "status": 413,
        "reason": "The body is 78 MB; at most 64 MB are taken",
        "remote": "127.0.0.1",
        "head": b"POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost",
        "body": b"\xff{}",
    }
    store.write(refusals.record, [refusal], counted=7)
    failure = NewFailure(
        at=NOON, listener="tell", place="/config/listeners.py:12", error="KeyError: 'x'", traceback=TRACEBACK
    )
    store.write(listener_failures.record, [failure, failure])
    store.write(job_runs.prepare, {"digest": None, "retention": 300.0})
    ran = Runs(job="retention", started=NOON, ended=NOON + SECOND // 2, count=3, error="OSError: no room")
    store.write(job_runs.note, [ran], {"retention": NOON + 300 * SECOND})
    return store


@pytest.fixture
def view(access: StoreAccess, qtbot: QtBot, undo: UndoStack) -> QueueView:
    made = QueueView(access, undo)
    qtbot.addWidget(made)
    made.resize(900, 400)
    return made


@pytest.fixture
def shown(view: QueueView, troubled: Store, qtbot: QtBot) -> Callable[[Tab], QueueView]:
    """Shows a tab of the troubled queue."""

    def show(tab: Tab) -> QueueView:
        view.show()
        view.show_tab(tab)
        qtbot.waitUntil(lambda: view.list.rows.rowCount() > 0)
        view.list.setFocus()
        return view

    return show


def rows(view: QueueView) -> list[tuple[str, str]]:
    return [(row.title, row.where) for row in view.list.rows.rows]


def test_the_numbers_and_the_tabs(shown: Callable[[Tab], QueueView], qtbot: QtBot) -> None:
    view = shown(Tab.DEAD)
    numbers = view.numbers
    assert [number.value.text() for number in (numbers.pending, numbers.dead, numbers.refused)] == [
        "2",
        "2",
        "7",
    ]
    assert numbers.oldest.value.text() != "–"
    assert numbers.dropped.isHidden()
    assert [button.text() for button in view.tabs.tabs.values()] == [
        "Waiting  2", "Dead letters  2", "Refused  7", "Listeners  1", "Jobs  2",
    ]  # fmt: skip
    # The rates are known after two snapshots.
    view.refresh()
    qtbot.waitUntil(lambda: numbers.received.value.text() == "0")


@pytest.mark.parametrize(
    ("tab", "titles", "wheres"),
    [
        (
            Tab.WAITING,
            ["KeyError: 'frames'", "Report 4"],
            ["shop · next try due now, after 1 try", "in line"],
        ),
        (Tab.DEAD, ["KeyError: 'frames'"] * 2, ["shop · dead after 5 tries"] * 2),
        (Tab.REFUSED, ["413  The body is 78 MB; at most 64 MB are taken"], ["POST /api/1/envelope/"]),
        (Tab.LISTENERS, ["KeyError: 'x'"], ["tell · listeners.py:12 · 2 times"]),
        (
            Tab.JOBS,
            ["digest", "retention: OSError: no room"],
            ["when it is woken · 0 runs", "every 5 min · took 500 ms"],
        ),
    ],
)
def test_the_rows_of_each_tab(
    shown: Callable[[Tab], QueueView], tab: Tab, titles: list[str], wheres: list[str]
) -> None:
    found = rows(shown(tab))
    assert [title for title, _where in found] == titles
    assert all(part in where for part, (_title, where) in zip(wheres, found, strict=True))


def test_disabled_listeners_are_listed_above_failures(
    shown: Callable[[Tab], QueueView], troubled: Store
) -> None:
    state = ListenerState(version="1", deaths=2, left_out_at=NOON, why="before_digest: exit code 1")
    troubled.write(listener_state.replace, state)
    view = shown(Tab.LISTENERS)
    first, second = rows(view)
    assert first == (
        "listeners.py is left out",
        "save the file to try again · before_digest: exit code 1",
    )
    assert second[0] == "KeyError: 'x'"
    assert "Save the file to try again." in view.text.toPlainText()
    assert "Events are filed meanwhile" in view.text.toPlainText()


def test_functions_that_hung_are_named(shown: Callable[[Tab], QueueView], troubled: Store) -> None:
    functions = {"event_created hangs x:1": "hangs", "issue_created sleeps x:7": "sleeps"}
    troubled.write(listener_state.replace, ListenerState(version="1", deaths=1, functions=functions))
    first, _second = rows(shown(Tab.LISTENERS))
    assert first == (
        "2 functions of listeners.py called no more",
        "save the file to try again · hangs, sleeps",
    )


def test_a_dead_letter_is_read_with_its_traceback_and_as_it_came(
    shown: Callable[[Tab], QueueView], qtbot: QtBot
) -> None:
    view = shown(Tab.DEAD)
    assert "Traceback (most recent call last)" in view.text.toPlainText()
    qtbot.waitUntil(lambda: "As it came" in view.text.toPlainText())
    assert "POST /api/1/envelope/" in view.text.toPlainText()
    assert '"type":"KeyError"' in view.text.toPlainText()
    view.show_tab(Tab.REFUSED)
    assert "\\xff{}" in view.text.toPlainText()
    assert "As it came" not in view.text.toPlainText()


def test_retry_makes_it_due_and_wakes_the_digest(
    shown: Callable[[Tab], QueueView], troubled: Store, qtbot: QtBot
) -> None:
    view = shown(Tab.DEAD)
    with qtbot.waitSignal(view.acts.committed):
        view.buttons.retry.click()
    qtbot.waitUntil(lambda: view.list.rows.rowCount() == 1)
    assert [
        report.id for report, _attempts in troubled.read(report_queue.claim_due, NOON * 2, NOON, limit=9)
    ] == [
        2,
        3,
    ]
    assert [request.job for request in troubled.read(job_requests.waiting)] == ["digest"]
    view.retry_all()
    qtbot.waitUntil(lambda: view.list.rows.rowCount() == 0)
    assert troubled.read(queue_overview.status).dead == 0


def test_a_refused_request_is_read_whole_and_tried_again(
    shown: Callable[[Tab], QueueView], troubled: Store, qtbot: QtBot
) -> None:
    long = {
        "at": NOON + 2 * SECOND,
        "status": 400,
        "reason": "not understood (at byte 0)",
        "remote": "127.0.0.1",
        "head": b"POST /api/1/store/?token=s3cret HTTP/1.1\r\nAuthorization: Bearer s3cret",
        "body": b"x" * 100_000 + b"the error itself",
        "body_size": 900_000,
    }
    troubled.write(refusals.record, [long], counted=1)
    view = shown(Tab.REFUSED)
    assert rows(view)[0][1].endswith("900,000 bytes")
    qtbot.waitUntil(lambda: "the error itself" in view.text.toPlainText())
    assert "100,016 of 900,000 bytes of its body are kept." in view.text.toPlainText()
    assert "s3cret" not in view.text.toPlainText()
    with qtbot.waitSignal(view.acts.message) as message:
        view.retry_or_run_selected()
    assert message.args == ["1 refused request tried again"]
    assert troubled.read(refusals.requested) == [2]
    qtbot.waitUntil(lambda: rows(view)[0][1].startswith("tried again now · "))
    troubled.write(refusals.refuse_again, 2, 415, "no such encoding")
    view.refresh()
    qtbot.waitUntil(lambda: "Tried again 1 time; this is the answer" in view.text.toPlainText())
    view.retry_all()
    qtbot.waitUntil(lambda: troubled.read(refusals.requested) == [1, 2])


def test_discard_is_undone(shown: Callable[[Tab], QueueView], troubled: Store, qtbot: QtBot) -> None:
    view = shown(Tab.DEAD)
    view.list.selectAll()
    undo = view.acts.stack
    with qtbot.waitSignal(undo.acted) as acted:
        view.discard_selected()
    assert acted.args == [1, "2 reports discarded"]
    qtbot.waitUntil(lambda: view.list.rows.rowCount() == 0)
    assert troubled.read(queue_overview.status).dead == 0
    assert not view.buttons.retry_all.isEnabled()
    with qtbot.waitSignal(undo.undone):
        undo.undo()
    qtbot.waitUntil(lambda: view.list.rows.rowCount() == 2)
    assert troubled.read(queue_overview.status).dead == 2
    with qtbot.waitSignal(undo.message) as message:
        undo.undo()
    assert message.args == ["Nothing to undo"]


def test_a_row_that_is_gone_leaves_the_cursor_in_its_place(
    shown: Callable[[Tab], QueueView], troubled: Store, qtbot: QtBot
) -> None:
    view = shown(Tab.DEAD)
    troubled.write(dead_letters.discard, [3], NOON)
    view.refresh()
    qtbot.waitUntil(lambda: view.list.rows.rowCount() == 1)
    assert view.list.currentIndex().row() == 0
    assert [row.key for row in view._selected("setback")] == [("setback", 1)]


def test_a_job_is_run_now(shown: Callable[[Tab], QueueView], troubled: Store, qtbot: QtBot) -> None:
    view = shown(Tab.JOBS)
    view.list.setCurrentIndex(view.list.rows.index(1))
    assert view.buttons.run.isVisible()
    with qtbot.waitSignal(view.acts.committed):
        view.buttons.run.click()
    assert [request.job for request in troubled.read(job_requests.waiting)] == ["retention"]


def test_only_acts_that_apply_are_offered(shown: Callable[[Tab], QueueView]) -> None:
    view = shown(Tab.WAITING)
    assert view.buttons.retry.isEnabled()
    view.list.setCurrentIndex(view.list.rows.index(1))
    # A report in line has not failed.
    assert not view.buttons.retry.isEnabled()
    assert view.buttons.retry_all.isEnabled()
    view.show_tab(Tab.REFUSED)
    assert view.buttons.retry.isEnabled()
    assert not view.buttons.discard.isVisible()
    view.show_tab(Tab.LISTENERS)
    assert not view.buttons.isVisible()


def test_left_and_right_change_the_tab_even_without_rows(view: QueueView, store: Store, qtbot: QtBot) -> None:
    store.file(make_event())
    view.show()
    view.setFocus()
    qtbot.waitUntil(lambda: view.numbers.pending.value.text() == "0")
    for expected in (Tab.DEAD, Tab.REFUSED, Tab.LISTENERS, Tab.JOBS, Tab.WAITING):
        QTest.keyClick(view.focusWidget(), Qt.Key.Key_Right)
        assert view.tab is expected
        assert view.tabs.tabs[expected].isChecked()
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Left)
    assert view.tab is Tab.JOBS


def test_a_tab_without_rows_shows_a_hint(view: QueueView, store: Store, qtbot: QtBot) -> None:
    store.file(make_event())
    view.show()
    qtbot.waitUntil(lambda: view.numbers.dead.value.text() == "0")
    assert not view.list.isVisible()


def test_a_hidden_page_reads_nothing(view: QueueView, troubled: Store, qtbot: QtBot) -> None:
    view.refresh()
    qtbot.wait(20)
    assert view.list.rows.rowCount() == 0
    for act in (view.retry_or_run_selected, view.retry_all, view.discard_selected):
        act()
    assert troubled.read(queue_overview.status).dead == 2


def test_no_text_is_cut_where_it_is_narrow(
    shown: Callable[[Tab], QueueView], dressed: Theme, qtbot: QtBot
) -> None:
    view = shown(Tab.DEAD)
    view.resize(NARROWEST, 400)
    numbers = (view.numbers.pending, view.numbers.dead, view.numbers.refused)
    texts = (*view.tabs.tabs.values(), *numbers, view.buttons.retry, view.buttons.discard)
    qtbot.waitUntil(lambda: all(text.width() >= text.sizeHint().width() for text in texts))


def test_it_is_painted_in_both_themes(shown: Callable[[Tab], QueueView], dressed: Theme) -> None:
    view = shown(Tab.DEAD)
    assert view.list.grab().toImage().pixelColor(30, 250) == dressed.window
