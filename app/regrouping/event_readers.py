"""Reads many stored events again in processes of their own, which end with the reading.

A preview reads up to 20,000 events, for some four seconds of CPU. Beside the window's thread that would delay
every key, since only one thread of a process runs Python at a time; and a second core stays idle.
"""

import gc
import multiprocessing
import signal
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path

import msgspec

from app import parent_death, settings
from app.digest.grouping.rules import Definition, GroupingRule
from app.platforms import processes
from app.regrouping import stored_events
from app.regrouping.stored_events import GroupedEvent
from app.settings import Settings
from app.store.database import Database, open_existing
from app.store.grouping.regrouping import CannotRegroup

# To start the processes takes as long as to read so many events.
WORTH_IT = 4_000
PROCESSES = 2
NICENESS = 10
READ_AT_ONCE = 250

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[GroupedEvent]).decode
_database: Database | None = None


def read(
    folder: Path, numbers: Sequence[int], rules: Sequence[GroupingRule], definition: Definition
) -> Generator[GroupedEvent, None, None]:
    """These events of the store in `folder`, in their order, as `stored_events.grouped` reads them.

    Closing the iterator ends the reading. Raises `CannotRegroup` when a process ends
    before it has read its events: it was killed, or a report was too much for it.
    """
    in_force = Settings(data_dir=folder, limits=settings.limits(), max_decoded_bytes=settings.decoded_bytes())
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(PROCESSES, spawn, _start, (in_force,))
    try:
        asked = [
            pool.submit(_read, numbers[start : start + READ_AT_ONCE], rules, definition)
            for start in range(0, len(numbers), READ_AT_ONCE)
        ]
        for answer in asked:
            yield from _decode(answer.result())
    except BrokenProcessPool as error:
        raise CannotRegroup("A process that read the stored events has ended; try again.") from error
    finally:
        # Only from 3.14 on the pool itself can kill what it runs.
        processes: dict[int, BaseProcess] = getattr(pool, "_processes", None) or {}
        for process in list(processes.values()):
            process.kill()
        pool.shutdown(cancel_futures=True)


def _start(in_force: Settings) -> None:
    global _database  # noqa: PLW0603 - a pool calls functions, not objects: the process itself is the object
    parent_death.end_with_parent()
    # Ctrl-C reaches the whole terminal's group; the window decides when this process stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    processes.lower_priority(NICENESS)
    settings.use(in_force)
    _database = open_existing(in_force.data_dir, durable=False)
    # Reference counts free all that is read: the collector would take a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _read(numbers: Sequence[int], rules: Sequence[GroupingRule], definition: Definition) -> bytes:
    assert _database is not None
    with _database.reading() as connection:
        return _encode(list(stored_events.grouped(connection, numbers, rules, definition)))
