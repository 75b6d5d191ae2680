"""What a client reports: an error that was raised, or a message that was only logged."""

from msgspec import Struct

from app.model import ExceptionInfo, Thread


class ErrorOrMessage(Struct, frozen=True):
    """Exceptions, cause first; or a message, its logger, and the stack that it was logged from."""

    exceptions: tuple[ExceptionInfo, ...] = ()
    threads: tuple[Thread, ...] = ()
    message: str | None = None
    logger: str | None = None
