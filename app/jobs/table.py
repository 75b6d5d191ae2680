"""What a background job is, and what it is called."""

from collections.abc import Callable

from msgspec import Struct

from app.store.database import Connection

# Where jobs run: in the digest's own process, or in a thread of the engine.
PROCESS, THREAD = "process", "thread"
# The net below everything that is to wake a job.
SELDOM_SECONDS = 60.0
WAKE_DIGEST = "wake-digest"
RETRY_REFUSED = "retry-refused"


class Job(Struct, frozen=True):
    """A job: what it runs, and where.

    With `every` it runs at the latest so many seconds after its last run, with None only when it is woken.
    Where `due` is given it tells of a store that somebody has written into when there is something to do, in
    microseconds by the wall's clock; the job runs then, but `pause` seconds after its last run at the
    earliest.
    """

    id: str
    run: Callable[..., object]
    executor: str
    every: float | None = SELDOM_SECONDS
    due: Callable[[Connection], int | None] | None = None
    pause: float = 1.0
