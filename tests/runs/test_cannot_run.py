"""A command that cannot be started has a sentence and the exit code of a shell."""

from app.runs.cannot_run import NOT_FOUND, CannotRun


def test_it_says_why_and_how_a_shell_ends_then() -> None:
    error = CannotRun("nonesuch: command not found.", NOT_FOUND)
    assert (str(error), error.exit_code) == ("nonesuch: command not found.", 127)
