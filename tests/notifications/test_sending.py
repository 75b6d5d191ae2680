"""Sending: once each, marked before and after, retried, then given up visibly; with a clock that is moved."""

from concurrent.futures import Future

import pytest

from app.happenings import Kind
from app.model import Level
from app.notifications import directory
from app.notifications.courier import CourierGone
from app.notifications.rules import MINUTE, QuietHours
from app.notifications.sending import Sending
from app.store.notices import due_notices, outbox
from app.store.notices.channels import Channel
from app.store.notices.due_notices import RETRY_PAUSES
from app.store.notices.notice import NoticeState
from app.store.notices.outbox import INTERRUPTED, NOBODY_LOOKED, TOO_LATE
from tests.factories import NOON, Store
from tests.notifications.factories import enter, make_happening, notices_in, rows, set_rule

DAY = 24 * 60 * MINUTE


class ManualCarrier:
    """A carrier whose answers the test gives, one after the other; `given` is the notices it got."""

    def __init__(self) -> None:
        self.given: list[tuple[str, str]] = []
        self._open: list[Future[str | None]] = []

    def deliver(self, url: str, level: Level, title: str, body: str) -> "Future[str | None]":
        future: Future[str | None] = Future()
        self.given.append((url, title))
        self._open.append(future)
        return future

    def stop(self) -> None:
        while self._open:
            self._open.pop(0).set_exception(CourierGone())

    def answer(self, error: str | None = None) -> None:
        self._open.pop(0).set_result(error)


class Sender:
    """A store with one channel, and the sending from it."""

    def __init__(self, store: Store) -> None:
        self.store, self.carrier, self.now = store, ManualCarrier(), NOON
        self.channel: Channel = store.write(directory.add_channel, "hook", "json://hook/secret")
        set_rule(store, desktop=False, channels=(self.channel.id,))
        self.revisions: list[int] = []
        self.sending = self.another()

    def another(self) -> Sending:
        """Another engine's, on the same store."""
        self.carrier = ManualCarrier()
        return Sending(
            self.store.database,
            self.carrier,
            changed=self.revisions.append,
            clock=lambda: self.now,
            monotonic=lambda: self.now / 1e6,
        )

    def run(self, *, later: int = 0) -> None:
        self.now += later
        self.sending.run()

    def last_error(self) -> str | None:
        (channel,) = self.store.read(directory.all_channels)
        return channel.last_error


@pytest.fixture
def sender(store: Store) -> Sender:
    return Sender(store)


def test_notices_are_sent_one_after_the_other_and_marked_before_and_after(sender: Sender) -> None:
    enter(sender.store, make_happening(1), make_happening(2))
    sender.run()
    assert [title for _url, title in sender.carrier.given] == ["New in shop: KeyError: 1"]
    assert notices_in(sender.store, NoticeState.SENDING) == [("new", 1, 1)]
    sender.now += 7
    sender.carrier.answer()
    assert [(row.state, row.sent_at, row.attempts) for row in rows(sender.store)] == [
        (NoticeState.SENT, NOON + 7, 1),
        (NoticeState.SENDING, None, 1),
    ]
    sender.run()
    assert len(sender.carrier.given) == 2
    sender.carrier.answer()
    assert notices_in(sender.store, NoticeState.SENT) == [("new", 1, 1), ("new", 2, 1)]
    assert len(sender.revisions) == 2
    sender.run()
    assert len(sender.carrier.given) == 2


def test_notices_that_are_not_due_or_for_the_desktop_are_not_sent(sender: Sender) -> None:
    set_rule(sender.store)
    enter(sender.store, make_happening(1))
    set_rule(sender.store, desktop=False, channels=(sender.channel.id,))
    enter(sender.store, make_happening(2), now=NOON + 5)
    sender.run()
    assert sender.carrier.given == []
    sender.run(later=5)
    assert [title for _url, title in sender.carrier.given] == ["New in shop: KeyError: 2"]


def test_after_a_crash_between_mark_and_answer_the_notice_is_unsure_and_not_sent_again(
    sender: Sender,
) -> None:
    enter(sender.store, make_happening(1), make_happening(2))
    sender.run()
    sender.sending = sender.another()  # the first has never heard the answer
    sender.run()
    assert notices_in(sender.store, NoticeState.UNSURE) == [("new", 1, 1)]
    assert rows(sender.store)[0].error == INTERRUPTED
    assert [title for _url, title in sender.carrier.given] == ["New in shop: KeyError: 2"]
    sender.carrier.answer()
    sender.run(later=MINUTE)
    assert len(sender.carrier.given) == 1


def test_a_notice_is_not_sent_again_when_the_carrier_ends(sender: Sender) -> None:
    enter(sender.store, make_happening(1))
    sender.run()
    sender.carrier.stop()
    assert notices_in(sender.store, NoticeState.UNSURE) == [("new", 1, 1)]
    sender.run(later=DAY)
    assert len(sender.carrier.given) == 1
    assert sender.last_error() == INTERRUPTED


def test_a_refusal_is_tried_again_with_growing_pauses_and_then_marked_as_failed(sender: Sender) -> None:
    enter(sender.store, make_happening(1))
    sender.run()
    for tries, pause in enumerate(RETRY_PAUSES, 1):
        sender.carrier.answer("It is full.")
        sender.run(later=pause - 1)
        assert len(sender.carrier.given) == tries
        assert (rows(sender.store)[0].state, rows(sender.store)[0].error) == (
            NoticeState.WAITING,
            "It is full.",
        )
        sender.run(later=1)
        assert len(sender.carrier.given) == tries + 1
    sender.carrier.answer("It is full.")
    (row,) = rows(sender.store)
    assert (row.state, row.due_at, row.attempts, row.error) == (NoticeState.FAILED, None, 6, "It is full.")
    assert sender.last_error() == "It is full."
    sender.run(later=DAY)
    assert len(sender.carrier.given) == 6


def test_success_clears_the_error(sender: Sender) -> None:
    enter(sender.store, make_happening(1))
    sender.run()
    sender.carrier.answer("It is full.")
    sender.run(later=RETRY_PAUSES[0])
    sender.carrier.answer()
    assert sender.last_error() is None
    assert notices_in(sender.store, NoticeState.SENT) == [("new", 1, 1)]
    assert rows(sender.store)[0].error is None


def test_a_channel_that_refuses_pauses_and_holds_up_no_other(sender: Sender) -> None:
    other = sender.store.write(directory.add_channel, "other", "json://other")
    set_rule(sender.store, desktop=False, channels=(sender.channel.id, other.id))
    enter(sender.store, make_happening(1), make_happening(2))
    sender.run()
    assert {url for url, _title in sender.carrier.given} == {"json://hook/secret", "json://other"}
    sender.carrier.answer("It is full.")
    sender.run()
    assert len(sender.carrier.given) == 2
    sender.carrier.answer()
    assert sender.carrier.given[-1] == ("json://other", "New in shop: KeyError: 2")
    sender.carrier.answer()
    sender.run(later=RETRY_PAUSES[0])
    assert len(sender.carrier.given) == 4


def test_a_channel_that_does_not_answer_for_a_minute_is_given_up(sender: Sender) -> None:
    enter(sender.store, make_happening(1))
    sender.run()
    sender.run(later=MINUTE)
    assert notices_in(sender.store, NoticeState.SENDING) == [("new", 1, 1)]
    sender.run(later=1)
    assert notices_in(sender.store, NoticeState.UNSURE) == [("new", 1, 1)]


def test_a_disabled_channel_is_not_sent_to_until_it_is_enabled(sender: Sender) -> None:
    enter(sender.store, make_happening(1))
    off = Channel(id=sender.channel.id, name="hook", url=sender.channel.url, enabled=False)
    sender.store.write(directory.change_channel, off)
    sender.run()
    assert sender.carrier.given == []
    sender.store.write(directory.change_channel, sender.channel)
    sender.run()
    assert len(sender.carrier.given) == 1


def test_outdated_notices_are_not_sent(sender: Sender) -> None:
    set_rule(sender.store, channels=(sender.channel.id,))
    off = Channel(id=sender.channel.id, name="hook", url=sender.channel.url, enabled=False)
    enter(sender.store, make_happening(1))
    sender.store.write(directory.change_channel, off)
    sender.run(later=10 * MINUTE)
    assert len(notices_in(sender.store)) == 2
    sender.run(later=1)
    assert [(row.channel_id, row.error) for row in rows(sender.store) if row.state == NoticeState.MISSED] == [
        (None, NOBODY_LOOKED)
    ]
    sender.run(later=DAY)
    assert [row.error for row in rows(sender.store)] == [NOBODY_LOOKED, TOO_LATE]


def test_stopping_does_not_wait_and_begins_nothing(sender: Sender) -> None:
    enter(sender.store, make_happening(1), make_happening(2))
    sender.run()
    sender.sending.stop(0)
    assert notices_in(sender.store, NoticeState.UNSURE) == [("new", 1, 1)]
    assert notices_in(sender.store) == [("new", 2, 1)]
    sender.run(later=MINUTE)
    assert len(sender.carrier.given) == 1


def test_a_notice_is_tried_again_when_the_carrier_cannot_start(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> "Future[str | None]":
        raise OSError(12, "Cannot allocate memory")

    enter(sender.store, make_happening(1))
    monkeypatch.setattr(sender.carrier, "deliver", refuse)
    sender.run()
    assert sender.last_error() == "What sends could not be started: Cannot allocate memory."
    monkeypatch.undo()
    sender.run(later=RETRY_PAUSES[0])
    sender.carrier.answer()
    assert notices_in(sender.store, NoticeState.SENT) == [("new", 1, 1)]


def test_a_flood_counts_on_until_its_notice_is_sent(sender: Sender) -> None:
    set_rule(sender.store, desktop=False, channels=(sender.channel.id,), most_per_hour=1)
    enter(sender.store, *(make_happening(n) for n in range(1, 5)))
    enter(sender.store, make_happening(5, Kind.REGRESSED), now=NOON + MINUTE - 1)
    sender.run(later=MINUTE)
    sender.carrier.answer()
    sender.carrier.answer()
    assert [title for _url, title in sender.carrier.given] == [
        "New in shop: KeyError: 1",
        "4 notices more than fit in an hour",
    ]


@pytest.mark.parametrize("attempts", range(6))
def test_a_clock_that_was_set_back_delays_no_notice(sender: Sender, attempts: int) -> None:
    enter(sender.store, make_happening(1))
    for _try in range(attempts):
        sender.run()
        sender.carrier.answer("refused")
        sender.now += 3 * 60 * MINUTE
    sender.now -= 24 * 60 * MINUTE
    due = sender.store.read(due_notices.next_due, sender.now)
    assert due is not None
    assert due <= sender.now
    sender.run()
    assert len(sender.carrier.given) == attempts + 1


def test_a_pause_lasts_as_long_as_it_should_where_the_clock_is_right(sender: Sender) -> None:
    enter(sender.store, make_happening(1))
    sender.run()
    sender.carrier.answer("refused")
    sender.run(later=RETRY_PAUSES[0] - 1)
    assert len(sender.carrier.given) == 1
    sender.run(later=1)
    assert len(sender.carrier.given) == 2


def test_the_end_of_quiet_hours_is_meant_by_the_clock_on_the_wall(sender: Sender) -> None:
    quiet = QuietHours(0, 1439)
    set_rule(sender.store, desktop=False, channels=(sender.channel.id,), quiet=quiet)
    enter(sender.store, make_happening(1))
    assert sender.store.read(due_notices.next_due, NOON) == quiet.until(NOON)
    sender.run()
    assert sender.carrier.given == []


def test_a_clock_that_was_set_ahead_makes_no_notice_late(sender: Sender) -> None:
    enter(sender.store, make_happening(1))
    sender.now += 48 * 60 * MINUTE
    sender.store.write(outbox.shift_after_clock_jump, 48 * 3_600, sender.now)
    sender.run()
    assert notices_in(sender.store, NoticeState.SENDING) == [("new", 1, 1)]
