"""How runs ended, in words."""

import pytest

from app import run_ending
from app.run_ending import RunState


@pytest.mark.parametrize(
    ("exit_code", "signal", "state", "words"),
    [
        (0, None, RunState.DONE, "exited with 0"),
        (7, None, RunState.FAILED, "exited with 7"),
        (127, None, RunState.FAILED, "exited with 127"),
        (130, None, RunState.STOPPED, "stopped by Ctrl-C"),
        (None, "SIGINT", RunState.STOPPED, "stopped by Ctrl-C"),
        (None, "SIGTERM", RunState.STOPPED, "stopped by SIGTERM"),
        (None, "SIGKILL", RunState.STOPPED, "killed"),
        (None, "SIGSEGV", RunState.FAILED, "ended by SIGSEGV"),
        (None, None, RunState.UNKNOWN, "ended, how is not known"),
    ],
)
def test_an_end_is_told_from_others(
    exit_code: int | None, signal: str | None, state: RunState, words: str
) -> None:
    assert run_ending.state(is_over=True, exit_code=exit_code, signal=signal) is state
    assert run_ending.words(is_over=True, exit_code=exit_code, signal=signal) == words


def test_a_run_that_is_not_over_runs() -> None:
    assert run_ending.words(is_over=False, exit_code=None, signal=None) == "running"
