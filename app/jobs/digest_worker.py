"""The digest's own process: a pool worker of low priority that holds its database and its caches.

Why a process: in the receiver's interpreter it would take a third of the receiver's time; as a process of
lower priority it takes what the receiver leaves. It ends when the engine does, however that ends.
"""

import gc
import signal
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from app import parent_death, paths
from app.digest import user_agent
from app.digest.entries.search_filling import SearchFiller
from app.digest.pipeline import Digest
from app.listeners.listeners import Listeners
from app.log import configure
from app.platforms import processes, standard_streams
from app.regrouping.worker import Regrouper
from app.settings import Settings, use
from app.store.database import open_existing

NICENESS = 10


class _Worker:
    """The state of the process between two jobs."""

    def __init__(self, settings: Settings, revisions: Connection, stopping: Event) -> None:
        database = open_existing(settings.data_dir, durable=False)
        self.digest = Digest(
            database,
            settings,
            committed=lambda revision: revisions.send_bytes(b"%d" % revision),
            is_stopping=stopping.is_set,
            listeners=Listeners(paths.config_dir() / paths.LISTENERS, database),
            gathers=True,
        )
        self.filler = SearchFiller(
            database,
            committed=lambda revision: revisions.send_bytes(b"%d" % revision),
            is_stopping=stopping.is_set,
        )
        self.regrouper = Regrouper(
            database,
            committed=lambda revision: revisions.send_bytes(b"%d" % revision),
            is_stopping=stopping.is_set,
        )


_worker: _Worker | None = None


def start(settings: Settings, revisions: Connection, stopping: Event) -> None:
    """Prepare this process.

    The revision of each commit is sent through `revisions`; once `stopping` is set, the digest ends after the
    current batch.
    """
    global _worker  # noqa: PLW0603 - a pool calls functions, not objects: the process itself is the object
    use(settings)
    processes.lower_priority(NICENESS)
    # Ctrl-C reaches the whole terminal's group; the engine decides when this process stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Programs read the engine's stdout, the window above all: what a person's code prints is for people.
    standard_streams.send_output_to_errors()
    # SQLite then rolls back the current transaction; the batch is digested again.
    parent_death.end_with_parent()
    configure()
    # Its patterns take a quarter of a second to load: not while the first error waits.
    user_agent.understand("")
    spare_the_collector()
    _worker = _Worker(settings, revisions, stopping)


def digest(*, isolate: bool = False) -> int:
    """Digest all that is pending; returns how many reports. `isolate` as in `Digest.isolate`."""
    worker = _ready()
    if isolate:
        worker.digest.isolate()
    return worker.digest.run()


def regroup() -> int:
    """Carry regroupings out for about a second; returns how many steps were made."""
    return _ready().regrouper.run()


def fill_search() -> int:
    """Read whole events for the search for about a second; returns how many."""
    return _ready().filler.run()


def spare_the_collector() -> None:
    """Make the cycle collector run rarely: reference counts free all that a digest allocates.

    Measured: at its default threshold it takes a quarter of the digest's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _ready() -> _Worker:
    if _worker is None:
        raise RuntimeError("the digest's process was used before it was started")
    return _worker
