"""The jobs of the digest's process, as functions that load the digest only there.

The engine itself starts faster without it, and holds less memory.
"""

from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from app import jobs
from app.settings import Settings


def start(settings: Settings, revisions: Connection, stopping: Event) -> None:
    """Prepare the process, as `digest_worker.start` does."""
    jobs.digest_worker.start(settings, revisions, stopping)


def digest(*, isolate: bool = False) -> int:
    """Digest all that is pending; returns how many reports. `isolate` as in `Digest.isolate`."""
    return jobs.digest_worker.digest(isolate=isolate)


def fill_search() -> int:
    """Read whole events for the search for about a second; returns how many."""
    return jobs.digest_worker.fill_search()


def regroup() -> int:
    """Carry regroupings out for about a second; returns how many steps were made."""
    return jobs.digest_worker.regroup()
