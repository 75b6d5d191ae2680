"""A command that cannot be started."""

NOT_FOUND, NOT_RUNNABLE = 127, 126


class CannotRun(Exception):
    """The command cannot be started: a sentence, and the exit code that a shell gives then."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
