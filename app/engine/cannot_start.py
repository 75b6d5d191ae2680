"""Why an engine cannot start, as a sentence for people and as a message to the window."""

from app.engine.child_protocol import StartFailed


class CannotStart(Exception):
    """The environment keeps the engine from starting; the text is a sentence that says what to do.

    `kind` is one of `port-taken`, `address-unusable`, `database-too-new`,
    `data-dir-locked`, `data-dir-unusable`; `stopped` where it was asked to stop before it had started.
    """

    def __init__(self, kind: str, message: str, suggested_port: int | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.suggested_port = suggested_port

    def message(self) -> StartFailed:
        """The message to the window."""
        return StartFailed(self.kind, str(self), self.suggested_port)
