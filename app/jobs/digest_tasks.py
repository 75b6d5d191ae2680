"""What the engine has the digest's process do, by functions that load the digest only there.

The engine itself starts faster without it, and holds less memory.
"""

from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from app.settings import Settings


def start(settings: Settings, bell: Connection, stopping: Event) -> None:
    """Prepare the process, as `worker.start` does."""
    from app.jobs import digest_worker  # noqa: PLC0415

    digest_worker.start(settings, bell, stopping)


def digest(*, isolate: bool = False) -> int:
    """Digest all that waits; returns how many reports. `isolate` as in `Digest.isolate`."""
    from app.jobs import digest_worker  # noqa: PLC0415

    return digest_worker.digest(isolate=isolate)


def sweep() -> int:
    """Apply retention; returns how many events went."""
    from app.jobs import digest_worker  # noqa: PLC0415

    return digest_worker.sweep()


def regroup() -> int:
    """Carry regroupings out for about a second; returns how many steps were made."""
    from app.jobs import digest_worker  # noqa: PLC0415

    return digest_worker.regroup()
