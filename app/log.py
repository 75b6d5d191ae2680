"""One way to log in every process of the engine: to stderr, which the window keeps the last lines of."""

import logging
import sys

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure(level: int = logging.INFO) -> None:
    """Send this process's log to stderr."""
    logging.basicConfig(stream=sys.stderr, level=level, format=FORMAT, force=True)
    # It tells of every run of every job.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
