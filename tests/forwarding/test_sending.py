"""Passing on by the outbox: in order, at least once, with pauses, and never more than is wanted."""

from concurrent.futures import Future

import pytest

from app.forwarding.parcel import ForwardOutcome, ForwardParcel
from app.forwarding.sending import Forwarding
from app.notifications.courier import CourierGone
from app.store.forwarding import forwarded_reports, forwards
from app.store.forwarding.forwarded_reports import MOST_ATTEMPTS, OLDEST, TOO_OLD, ForwardState
from app.store.forwarding.forwards import PAUSES, Forward
from app.store.inbox.issues import projects
from tests.factories import NOON, SECOND, Store, make_report

DSN = "https://k3y@errors.example.org/1"


class ManualCarrier:
    """A carrier whose answers the test gives; `given` is what it got."""

    def __init__(self) -> None:
        self.given: list[ForwardParcel] = []
        self._open: list[Future[ForwardOutcome]] = []

    def forward(self, parcel: ForwardParcel) -> "Future[ForwardOutcome]":
        self.given.append(parcel)
        self._open.append(Future())
        return self._open[-1]

    def answer(self, outcome: ForwardOutcome | None = None) -> None:
        self._open.pop(0).set_result(outcome or ForwardOutcome())

    def die(self) -> None:
        self._open.pop(0).set_exception(CourierGone())


class Sender:
    """A store with one target, and what passes on from it."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOON
        number = store.write(projects.number, "shop", NOON)
        store.write(forwards.add, number, DSN, after_report=0, now=NOON)
        self.revisions: list[int] = []
        self.begin()

    def begin(self) -> None:
        """Another engine's, on the same store."""
        self.carrier = ManualCarrier()
        self.forwarding = Forwarding(
            self.store.database,
            self.carrier,
            changed=self.revisions.append,
            clock=lambda: self.now,
            own_ports=lambda: (1974,),
        )

    def queue(self, *numbers: int) -> None:
        reports = [make_report(number, event_id=f"{number:032x}") for number in numbers]
        self.store.write(forwarded_reports.add, reports, self.now)

    def run(self, *, later: int = 0) -> None:
        self.now += later
        self.forwarding.run()

    @property
    def target(self) -> Forward:
        (found,) = self.store.read(forwards.listed)
        return found

    def states(self) -> list[str]:
        found = self.store.read(forwarded_reports.newest, 100)
        return [each.state.value for each in reversed(found)]


@pytest.fixture
def sender(store: Store) -> Sender:
    return Sender(store)


def test_reports_go_one_after_the_other_in_order(sender: Sender) -> None:
    sender.queue(1, 2)
    sender.run()
    sender.run()
    assert len(sender.carrier.given) == 1
    assert sender.carrier.given[0].own_ports == (1974,)
    sender.carrier.answer()
    assert sender.states() == ["sent", "waiting"]
    sender.carrier.answer()
    assert sender.states() == ["sent", "sent"]
    assert (sender.target.sent, sender.target.waiting, sender.target.waiting_bytes) == (2, 0, 0)
    assert len(sender.revisions) == 2
    sender.run()
    assert len(sender.carrier.given) == 2


def test_what_had_no_answer_at_a_crash_is_sent_again_and_nothing_else(sender: Sender) -> None:
    sender.queue(1, 2)
    sender.run()
    sender.carrier.answer()
    sender.begin()
    sender.run()
    assert len(sender.carrier.given) == 1
    sender.carrier.die()
    assert sender.states() == ["sent", "waiting"]
    sender.run()
    sender.carrier.answer()
    assert sender.states() == ["sent", "sent"]


def test_a_target_that_fails_is_given_longer_and_longer_pauses(sender: Sender) -> None:
    sender.queue(1)
    for pause in (*PAUSES, PAUSES[-1]):
        sender.run()
        sender.carrier.answer(ForwardOutcome("It did not answer."))
        due = sender.store.read(forwarded_reports.next_due, sender.now)
        assert due == sender.now + pause
        tried = len(sender.carrier.given)
        sender.run(later=pause - 1)
        assert len(sender.carrier.given) == tried
        sender.now += 1
    assert "did not answer" in f"{sender.target.last_error}"
    sender.run()
    sender.carrier.answer()
    assert (sender.target.failures, sender.target.last_error) == (0, None)


def test_what_is_refused_for_good_lets_the_next_pass(sender: Sender) -> None:
    sender.queue(1, 2)
    sender.run()
    sender.carrier.answer(ForwardOutcome("413", is_final=True))
    sender.carrier.answer()
    assert sender.states() == ["failed", "sent"]
    assert (sender.target.sent, sender.target.not_sent) == (1, 1)


def test_a_report_that_breaks_the_target_is_given_up_after_some_tries(sender: Sender) -> None:
    sender.queue(1)
    for _try in range(MOST_ATTEMPTS):
        sender.run(later=3_600 * SECOND)
        sender.carrier.answer(ForwardOutcome("500", is_reports=True))
    assert sender.states() == ["failed"]


def test_a_limit_is_kept_and_outlasts_a_restart(sender: Sender) -> None:
    sender.queue(1, 2)
    sender.run()
    until = NOON + 60 * SECOND
    sender.carrier.answer(ForwardOutcome("429", until=until, limits={"": until}))
    assert len(sender.carrier.given) == 1
    sender.begin()
    sender.run(later=59 * SECOND)
    assert sender.carrier.given == []
    assert sender.store.read(forwarded_reports.next_due, sender.now) == until
    sender.run(later=SECOND)
    assert len(sender.carrier.given) == 1


def test_what_no_client_would_send_is_dropped_and_counted(sender: Sender) -> None:
    sender.queue(1, 2)
    sender.run()
    limits = {"transaction": NOON + 60 * SECOND}
    sender.carrier.answer(ForwardOutcome("no spans", is_unwanted=True, limits=limits))
    sender.carrier.answer()
    assert sender.states() == ["unwanted", "sent"]
    assert (sender.target.not_sent, sender.target.last_error) == (1, None)


def test_paused_it_sends_nothing_and_resumed_all_that_waits(sender: Sender) -> None:
    sender.store.write(forwards.set_enabled, 1, enabled=False)
    sender.queue(1, 2)
    sender.run()
    assert sender.carrier.given == []
    sender.store.write(forwards.set_enabled, 1, enabled=True)
    sender.run()
    sender.store.write(forwards.set_enabled, 1, enabled=False)
    sender.carrier.answer()
    assert sender.states() == ["sent", "waiting"]
    assert len(sender.carrier.given) == 1, "paused while it was on its way"


def test_a_target_that_is_removed_meanwhile_is_forgotten(sender: Sender) -> None:
    sender.queue(1)
    sender.run()
    sender.store.write(forwards.remove, 1)
    sender.carrier.answer()
    assert sender.store.read(forwards.listed) == []


def test_after_a_day_it_is_given_up_also_where_it_is_paused(sender: Sender) -> None:
    sender.queue(1)
    sender.store.write(forwards.set_enabled, 1, enabled=False)
    assert sender.store.read(forwarded_reports.next_due, sender.now) is None
    sender.run(later=OLDEST + 1)
    (row,) = sender.store.read(forwarded_reports.newest, 9)
    assert (row.state, row.error) == (ForwardState.MISSED, TOO_OLD)
    assert (sender.target.waiting, sender.target.not_sent) == (0, 1)


def test_it_stops_within_its_time(sender: Sender) -> None:
    sender.queue(1)
    sender.run()
    sender.forwarding.stop(0.05)
    sender.carrier.answer()
    sender.run()
    assert sender.states() == ["sent"]
