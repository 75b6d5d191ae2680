"""How a run of a command ended, as people say it."""

from enum import StrEnum

# Somebody wanted the end: a person by Ctrl-C, a shell or another program.
_WANTED = frozenset(("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE", "SIGKILL"))
# A shell tells a signal by 128 and its number: these are the same, in numbers that are the same everywhere.
_OF_A_SHELL = {129: "SIGHUP", 130: "SIGINT", 137: "SIGKILL", 141: "SIGPIPE", 143: "SIGTERM"}
_SAID = {"SIGINT": "stopped by Ctrl-C", "SIGKILL": "killed"}


class RunState(StrEnum):
    """How it is with a run; of one that is UNKNOWN nobody knows how it ended."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


def state(*, is_over: bool, exit_code: int | None, signal: str | None) -> RunState:
    """How it is with a run that ended with an exit code or by a signal, if it did."""
    if not is_over:
        return RunState.RUNNING
    if exit_code == 0:
        return RunState.DONE
    if _stopped_by(exit_code, signal) in _WANTED:
        return RunState.STOPPED
    return RunState.UNKNOWN if exit_code is None and signal is None else RunState.FAILED


def words(*, is_over: bool, exit_code: int | None, signal: str | None) -> str:
    """The same in a few words, which go on after the run's name."""
    match state(is_over=is_over, exit_code=exit_code, signal=signal):
        case RunState.RUNNING:
            return "running"
        case RunState.UNKNOWN:
            return "ended, how is not known"
        case RunState.STOPPED:
            by = _stopped_by(exit_code, signal)
            return _SAID.get(by, f"stopped by {by}")
        case _:
            return f"ended by {signal}" if signal else f"exited with {exit_code}"


def _stopped_by(exit_code: int | None, signal: str | None) -> str:
    return signal or _OF_A_SHELL.get(exit_code or 0, "")
