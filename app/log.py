"""One way to log in every process of the engine: to stderr, which the window keeps the last lines of."""

import logging
import sys

from app.plain_text import plain

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _PlainFormatter(logging.Formatter):
    """Messages hold words from outside: no line of theirs begins as a line of the log does, and none acts."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        return "\n    ".join(super().formatMessage(record).splitlines())

    def format(self, record: logging.LogRecord) -> str:
        return plain(super().format(record))


def configure(level: int = logging.WARNING) -> None:
    """Send this process's log to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_PlainFormatter(FORMAT))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # A job that still runs when it is due again is skipped: that is how the digest works, and no news.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
