"""One run at a time, none forgotten, and none too soon after one that could not be started."""

from app.jobs.digest_runs import DigestRuns


class Trial:
    def __init__(self) -> None:
        self.started = 0
        self.now = 0.0
        self.runs = DigestRuns(self._start, lambda: self.now)

    def _start(self) -> None:
        self.started += 1


def test_requests_during_a_run_are_one_more_run() -> None:
    trial = Trial()
    for _arrival in range(5):
        trial.runs.request()
    assert trial.started == 1
    trial.runs.ended()
    assert trial.started == 2
    trial.runs.ended()
    assert (trial.started, trial.runs.is_running) == (2, False)


def test_during_a_pause_arrivals_start_nothing_and_the_retry_does() -> None:
    trial = Trial()
    trial.runs.request()
    trial.runs.pause(4)
    trial.runs.request()
    assert (trial.started, trial.runs.is_running) == (1, False)
    trial.runs.request(even_if_paused=True)
    assert trial.started == 2


def test_a_pause_ends() -> None:
    trial = Trial()
    trial.runs.request()
    trial.runs.pause(4)
    trial.now = 4
    trial.runs.request()
    assert trial.started == 2
