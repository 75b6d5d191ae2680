"""Sending: once each, marked before and after, retried, given up in sight; with a clock that is moved."""

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


class Hand:
    """A carrier whose answers the test gives, one after the other; `given` is what it was handed."""

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


class Post:
    """A store with one channel, and what sends from it."""

    def __init__(self, store: Store) -> None:
        self.store, self.hand, self.now = store, Hand(), NOON
        self.channel: Channel = store.write(directory.add_channel, "hook", "json://hook/secret")
        set_rule(store, desktop=False, channels=(self.channel.id,))
        self.revisions: list[int] = []
        self.sending = self.another()

    def another(self) -> Sending:
        """Another engine's, on the same store."""
        self.hand = Hand()
        return Sending(
            self.store.database,
            self.hand,
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
def post(store: Store) -> Post:
    return Post(store)


def test_notices_go_one_after_the_other_each_marked_before_and_after(post: Post) -> None:
    enter(post.store, make_happening(1), make_happening(2))
    post.run()
    assert [title for _url, title in post.hand.given] == ["New in shop: KeyError: 1"]
    assert notices_in(post.store, NoticeState.SENDING) == [("new", 1, 1)]
    post.now += 7
    post.hand.answer()
    assert [(row.state, row.sent_at, row.attempts) for row in rows(post.store)] == [
        (NoticeState.SENT, NOON + 7, 1),
        (NoticeState.SENDING, None, 1),
    ]
    post.run()
    assert len(post.hand.given) == 2
    post.hand.answer()
    assert notices_in(post.store, NoticeState.SENT) == [("new", 1, 1), ("new", 2, 1)]
    assert len(post.revisions) == 2
    post.run()
    assert len(post.hand.given) == 2


def test_what_is_not_due_yet_and_what_is_for_the_desktop_is_left_alone(post: Post) -> None:
    set_rule(post.store)
    enter(post.store, make_happening(1))
    set_rule(post.store, desktop=False, channels=(post.channel.id,))
    enter(post.store, make_happening(2), now=NOON + 5)
    post.run()
    assert post.hand.given == []
    post.run(later=5)
    assert [title for _url, title in post.hand.given] == ["New in shop: KeyError: 2"]


def test_a_crash_between_mark_and_answer_sends_nothing_twice_and_says_so(post: Post) -> None:
    enter(post.store, make_happening(1), make_happening(2))
    post.run()
    post.sending = post.another()  # the first has never heard the answer
    post.run()
    assert notices_in(post.store, NoticeState.UNSURE) == [("new", 1, 1)]
    assert rows(post.store)[0].error == INTERRUPTED
    assert [title for _url, title in post.hand.given] == ["New in shop: KeyError: 2"]
    post.hand.answer()
    post.run(later=MINUTE)
    assert len(post.hand.given) == 1


def test_a_carrier_that_ends_is_no_reason_to_send_again(post: Post) -> None:
    enter(post.store, make_happening(1))
    post.run()
    post.hand.stop()
    assert notices_in(post.store, NoticeState.UNSURE) == [("new", 1, 1)]
    post.run(later=DAY)
    assert len(post.hand.given) == 1
    assert post.last_error() == INTERRUPTED


def test_a_refusal_is_tried_again_with_growing_pauses_and_given_up_in_sight(post: Post) -> None:
    enter(post.store, make_happening(1))
    post.run()
    for tries, pause in enumerate(RETRY_PAUSES, 1):
        post.hand.answer("It is full.")
        post.run(later=pause - 1)
        assert len(post.hand.given) == tries
        assert (rows(post.store)[0].state, rows(post.store)[0].error) == (NoticeState.WAITING, "It is full.")
        post.run(later=1)
        assert len(post.hand.given) == tries + 1
    post.hand.answer("It is full.")
    (row,) = rows(post.store)
    assert (row.state, row.due_at, row.attempts, row.error) == (NoticeState.FAILED, None, 6, "It is full.")
    assert post.last_error() == "It is full."
    post.run(later=DAY)
    assert len(post.hand.given) == 6


def test_success_forgets_the_error(post: Post) -> None:
    enter(post.store, make_happening(1))
    post.run()
    post.hand.answer("It is full.")
    post.run(later=RETRY_PAUSES[0])
    post.hand.answer()
    assert post.last_error() is None
    assert notices_in(post.store, NoticeState.SENT) == [("new", 1, 1)]
    assert rows(post.store)[0].error is None


def test_a_channel_that_refuses_is_left_alone_and_holds_up_no_other(post: Post) -> None:
    other = post.store.write(directory.add_channel, "other", "json://other")
    set_rule(post.store, desktop=False, channels=(post.channel.id, other.id))
    enter(post.store, make_happening(1), make_happening(2))
    post.run()
    assert {url for url, _title in post.hand.given} == {"json://hook/secret", "json://other"}
    post.hand.answer("It is full.")
    post.run()
    assert len(post.hand.given) == 2
    post.hand.answer()
    assert post.hand.given[-1] == ("json://other", "New in shop: KeyError: 2")
    post.hand.answer()
    post.run(later=RETRY_PAUSES[0])
    assert len(post.hand.given) == 4


def test_a_channel_that_does_not_answer_for_a_minute_is_given_up(post: Post) -> None:
    enter(post.store, make_happening(1))
    post.run()
    post.run(later=MINUTE)
    assert notices_in(post.store, NoticeState.SENDING) == [("new", 1, 1)]
    post.run(later=1)
    assert notices_in(post.store, NoticeState.UNSURE) == [("new", 1, 1)]


def test_a_disabled_channel_is_not_sent_to_until_it_is_enabled(post: Post) -> None:
    enter(post.store, make_happening(1))
    off = Channel(id=post.channel.id, name="hook", url=post.channel.url, enabled=False)
    post.store.write(directory.change_channel, off)
    post.run()
    assert post.hand.given == []
    post.store.write(directory.change_channel, post.channel)
    post.run()
    assert len(post.hand.given) == 1


def test_what_is_of_no_use_any_more_is_not_told(post: Post) -> None:
    set_rule(post.store, channels=(post.channel.id,))
    off = Channel(id=post.channel.id, name="hook", url=post.channel.url, enabled=False)
    enter(post.store, make_happening(1))
    post.store.write(directory.change_channel, off)
    post.run(later=10 * MINUTE)
    assert len(notices_in(post.store)) == 2
    post.run(later=1)
    assert [(row.channel_id, row.error) for row in rows(post.store) if row.state == NoticeState.MISSED] == [
        (None, NOBODY_LOOKED)
    ]
    post.run(later=DAY)
    assert [row.error for row in rows(post.store)] == [NOBODY_LOOKED, TOO_LATE]


def test_stopping_waits_for_nobody_and_begins_nothing(post: Post) -> None:
    enter(post.store, make_happening(1), make_happening(2))
    post.run()
    post.sending.stop(0)
    assert notices_in(post.store, NoticeState.UNSURE) == [("new", 1, 1)]
    assert notices_in(post.store) == [("new", 2, 1)]
    post.run(later=MINUTE)
    assert len(post.hand.given) == 1


def test_one_that_cannot_begin_is_tried_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> "Future[str | None]":
        raise OSError(12, "Cannot allocate memory")

    enter(post.store, make_happening(1))
    monkeypatch.setattr(post.hand, "deliver", refuse)
    post.run()
    assert post.last_error() == "What sends could not be started: Cannot allocate memory."
    monkeypatch.undo()
    post.run(later=RETRY_PAUSES[0])
    post.hand.answer()
    assert notices_in(post.store, NoticeState.SENT) == [("new", 1, 1)]


def test_a_flood_counts_on_until_its_notice_is_sent(post: Post) -> None:
    set_rule(post.store, desktop=False, channels=(post.channel.id,), most_per_hour=1)
    enter(post.store, *(make_happening(n) for n in range(1, 5)))
    enter(post.store, make_happening(5, Kind.REGRESSED), now=NOON + MINUTE - 1)
    post.run(later=MINUTE)
    post.hand.answer()
    post.hand.answer()
    assert [title for _url, title in post.hand.given] == [
        "New in shop: KeyError: 1",
        "4 notices more than fit in an hour",
    ]


@pytest.mark.parametrize("attempts", range(6))
def test_a_clock_that_was_set_back_delays_no_notice(post: Post, attempts: int) -> None:
    enter(post.store, make_happening(1))
    for _try in range(attempts):
        post.run()
        post.hand.answer("refused")
        post.now += 3 * 60 * MINUTE
    post.now -= 24 * 60 * MINUTE
    due = post.store.read(due_notices.next_due, post.now)
    assert due is not None
    assert due <= post.now
    post.run()
    assert len(post.hand.given) == attempts + 1


def test_a_pause_is_kept_where_the_clock_is_right(post: Post) -> None:
    enter(post.store, make_happening(1))
    post.run()
    post.hand.answer("refused")
    post.run(later=RETRY_PAUSES[0] - 1)
    assert len(post.hand.given) == 1
    post.run(later=1)
    assert len(post.hand.given) == 2


def test_the_end_of_quiet_hours_is_meant_by_the_clock_on_the_wall(post: Post) -> None:
    quiet = QuietHours(0, 1439)
    set_rule(post.store, desktop=False, channels=(post.channel.id,), quiet=quiet)
    enter(post.store, make_happening(1))
    assert post.store.read(due_notices.next_due, NOON) == quiet.until(NOON)
    post.run()
    assert post.hand.given == []


def test_a_clock_that_was_set_ahead_makes_no_notice_late(post: Post) -> None:
    enter(post.store, make_happening(1))
    post.now += 48 * 60 * MINUTE
    post.store.write(outbox.shift_after_clock_jump, 48 * 3_600, post.now)
    post.run()
    assert notices_in(post.store, NoticeState.SENDING) == [("new", 1, 1)]
