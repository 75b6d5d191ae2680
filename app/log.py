"""One way to log in every process of the engine: to stderr, which the window keeps the last lines of."""

import logging
import sys

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure(level: int = logging.WARNING) -> None:
    """Send this process's log to stderr."""
    logging.basicConfig(stream=sys.stderr, level=level, format=FORMAT, force=True)
    # A job that still runs when it is due again is skipped: that is how the digest works, and no news.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
