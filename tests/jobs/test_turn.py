"""One run at a time, none forgotten, and none too soon after one that could not be started."""

from app.jobs.turn import Turn


class Trial:
    def __init__(self) -> None:
        self.started = 0
        self.now = 0.0
        self.turn = Turn(self._start, lambda: self.now)

    def _start(self) -> None:
        self.started += 1


def test_what_is_wanted_meanwhile_follows_once() -> None:
    trial = Trial()
    for _arrival in range(5):
        trial.turn.wanted()
    assert trial.started == 1
    trial.turn.ended()
    assert trial.started == 2
    trial.turn.ended()
    assert (trial.started, trial.turn.is_taken) == (2, False)


def test_arrivals_start_nothing_while_it_is_held_and_the_retry_does() -> None:
    trial = Trial()
    trial.turn.wanted()
    trial.turn.hold(4)
    trial.turn.wanted()
    assert (trial.started, trial.turn.is_taken) == (1, False)
    trial.turn.wanted(even_if_held=True)
    assert trial.started == 2


def test_a_hold_ends() -> None:
    trial = Trial()
    trial.turn.wanted()
    trial.turn.hold(4)
    trial.now = 4
    trial.turn.wanted()
    assert trial.started == 2
