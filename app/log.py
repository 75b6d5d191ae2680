"""Logging in every process of the engine: to stderr, of which the window remembers the last lines."""

import logging
import sys

from app.plain_text import plain
from app.platforms import standard_streams

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _PlainFormatter(logging.Formatter):
    """Messages contain text from outside: its lines are indented, so that none can pass for a log record of
    its own, and its control characters are made visible.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        return "\n    ".join(super().formatMessage(record).splitlines())

    def format(self, record: logging.LogRecord) -> str:
        return plain(super().format(record))


def configure(level: int = logging.WARNING) -> None:
    """Send this process's log to stderr."""
    standard_streams.prepare()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_PlainFormatter(FORMAT))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # APScheduler warns when it skips a job that still runs; the digest works that way all the time.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
