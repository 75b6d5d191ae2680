"""What a background job is, and the names of those that others refer to."""

from collections.abc import Callable

from msgspec import Struct

from app.store.database import Connection

# Where jobs run: in the digest's own process; in one of the engine's threads, for jobs that are soon done; or
# in one that works for as long as there is something to do.
PROCESS, THREAD, LONG_THREAD = "process", "thread", "long-thread"
# How often a job runs though nothing was found to be due.
SELDOM_SECONDS = 60.0
WAKE_DIGEST = "wake-digest"
RETRY_REFUSED = "retry-refused"


class Job(Struct, frozen=True):
    """A job: what it runs, and where.

    With `every` it runs at the latest so many seconds after its last run, with None only when it is
    requested. `due` reads from the store when there is something to do, in microseconds of the wall clock,
    None for nothing; the job runs then, but `pause` seconds after its last run at the earliest.
    """

    name: str
    run: Callable[..., object]
    executor: str
    every: float | None = SELDOM_SECONDS
    due: Callable[[Connection], int | None] | None = None
    pause: float = 1.0
