"""Which reports are queued to be passed on, and the bounds of what waits."""

import pytest

from app.store.forwarding import forwarded_reports, forwards
from app.store.forwarding.forwarded_reports import TOO_MANY, ForwardState
from app.store.forwarding.forwards import Forward
from app.store.inbox.issues import projects
from app.store.places import project_acts
from tests.factories import NOON, SECOND, Store, make_report

DSN = "https://k3y@errors.example.org/1"


@pytest.fixture
def target(store: Store) -> Forward:
    number = store.write(projects.number, "shop", NOON)
    return store.write(forwards.add, number, DSN, after_report=10, now=NOON)


def queued(store: Store) -> list[int]:
    return [each.report_id for each in reversed(store.read(forwarded_reports.newest, 99))]


def test_only_what_is_the_projects_new_and_of_sentrys_formats(store: Store, target: Forward) -> None:
    head = make_report(1).head
    reports = [
        make_report(10),
        make_report(11),
        make_report(12, project="other"),
        make_report(13, protocol="sentry.store"),
        make_report(14, protocol="rollbar.item"),
        make_report(19, protocol="sentry.minidump"),
        make_report(15, protocol="arecibo.import"),
        make_report(16, head=head + b"\r\nX-Arecibo-Forwarded: 1"),
        make_report(17, project="", protocol="sentry.stream"),
        make_report(18, project="", protocol="sentry.stream"),
    ]
    store.write(forwarded_reports.add, reports, NOON, {17: "shop", 18: "other"})
    assert queued(store) == [11, 13, 19, 17]


def test_a_project_by_all_its_names(store: Store, target: Forward) -> None:
    other = store.write(projects.number, "old_shop", NOON)
    store.write(project_acts.rename, target.project_id, "The shop")
    store.write(project_acts.merge, other, target.project_id)
    names = ("shop", "old_shop", "The shop", "shopping")
    store.write(
        forwarded_reports.add,
        [make_report(number, project=name) for number, name in enumerate(names, 11)],
        NOON,
    )
    assert queued(store) == [11, 12, 13]


def test_what_does_not_fit_is_counted_and_what_is_sent_makes_room(
    store: Store, target: Forward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarded_reports, "MOST_WAITING", 2)
    store.write(forwarded_reports.add, [make_report(number) for number in range(11, 16)], NOON)
    assert queued(store) == [11, 12]
    found = store.read(forwards.get, target.id)
    assert found is not None
    assert (found.waiting, found.not_sent, found.last_error) == (2, 3, TOO_MANY)
    first = store.read(forwarded_reports.next_for, target.id, NOON)
    assert first is not None
    assert store.write(forwarded_reports.settle, target.id, first.id, ForwardState.SENT, None, NOON)
    assert not store.write(forwarded_reports.settle, target.id, first.id, ForwardState.SENT, None, NOON)
    monkeypatch.setattr(forwarded_reports, "MOST_WAITING", 9)
    monkeypatch.setattr(forwarded_reports, "MOST_BYTES", found.waiting_bytes)
    store.write(forwarded_reports.add, [make_report(16), make_report(17)], NOON)
    assert queued(store) == [11, 12, 16]


def test_the_copy_is_gone_once_it_is_settled_and_old_rows_go(
    store: Store, target: Forward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarded_reports, "MOST_SETTLED", 2)
    for number in range(11, 16):
        store.write(forwarded_reports.add, [make_report(number)], NOON)
        row = store.read(forwarded_reports.next_for, target.id, NOON)
        assert row is not None
        assert (row.report_id, row.attempts) == (number, 0)
        store.write(forwarded_reports.settle, target.id, row.id, ForwardState.SENT, None, NOON)
    assert queued(store) == [14, 15]
    with store.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT count(head), count(body) FROM forwarded_reports").one()
    assert tuple(kept) == (0, 0)


def test_a_clock_that_was_ahead_holds_nothing_up(store: Store, target: Forward) -> None:
    ahead = NOON + 30 * 86_400 * SECOND
    store.write(forwarded_reports.add, [make_report(11)], ahead)
    store.write(forwards.record_failed, target, "x", ahead, 0)
    assert store.read(forwarded_reports.next_due, NOON) == NOON
    assert [each.id for each in store.read(forwarded_reports.due_targets, NOON)] == [target.id]
    assert store.read(forwarded_reports.next_for, target.id, NOON) is not None
