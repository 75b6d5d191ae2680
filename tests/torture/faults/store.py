"""Faults of the store's files: removed, damaged, on a full disk, locked, readable by others."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app import paths
from app.engine.child_protocol import WindowMessage
from app.store import sqlite
from app.store.upkeep.health import TroubleKind
from tests.torture import comparison
from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.outcome import Outcome
from tests.torture.senders import Senders

PAGE = sqlite.PAGE_BYTES


def _delete(folder: Path) -> None:
    for file in folder.glob(f"{paths.DATABASE}*"):
        file.unlink()


def _replace(folder: Path) -> None:
    (folder / "copy").write_bytes(b"Somebody else's.")
    (folder / "copy").replace(folder / paths.DATABASE)


REMOVALS: dict[str, Callable[[Path], object]] = {
    "deleted": _delete,
    "its log deleted": lambda folder: (folder / f"{paths.DATABASE}-wal").unlink(),
    "replaced": _replace,
    "its folder removed": shutil.rmtree,
    "its folder renamed": lambda folder: folder.rename(folder.with_name("moved")),
}


def removed(arena: Arena, times: int) -> Outcome:
    """The files are removed under load; a new store begins when the window asks for it."""
    complaints: list[str] = []
    slowest = 0.0
    arena.start("--child")
    with arena.senders() as senders:
        for time_ in range(times):
            name = [*REMOVALS][time_ % len(REMOVALS)]
            senders.wait_for(arena.rng.randrange(50, 300))
            began = time.monotonic()
            REMOVALS[name](arena.folder)
            arena.wait_for_store(TroubleKind.GONE)
            slowest = max(slowest, time.monotonic() - began)
            # After this, answers that were on their way have arrived.
            arena.pause(0.5)
            acknowledged = len(senders.acknowledged)
            arena.pause(0.5)
            if len(senders.acknowledged) > acknowledged:
                complaints.append(f"{name}: still acknowledged")
            arena.send(WindowMessage.BEGIN_NEW_STORE)
            arena.wait_for_notice()
            senders.wait_for(20)
    arena.wait_until_digested()
    arena.stop()
    compared = comparison.compare_received(senders.acknowledged, arena.folder)
    return Outcome(times, compared, f"noticed within {slowest:.2f} s", tuple(complaints))


def put_back(arena: Arena, times: int) -> Outcome:
    """The folder is moved away and back: the engine goes on by itself."""
    moved = arena.folder.with_name("elsewhere")
    arena.start("--child")
    with arena.senders() as senders:
        for _time in range(times):
            senders.wait_for(arena.rng.randrange(50, 200))
            arena.folder.rename(moved)
            arena.wait_for_store(TroubleKind.GONE)
            moved.rename(arena.folder)
            arena.wait_for_store(None)
        senders.wait_for(50)
    return arena.outcome(times, senders)


def damaged(arena: Arena, times: int) -> Outcome:
    """Pages are overwritten with noise under load: the store is set aside, and a new one begun."""
    notices: list[str] = []
    arena.start("--child")
    with arena.senders() as senders:
        for _time in range(times):
            senders.wait_for(1_500)
            _damage_pages(arena)
            arena.send(WindowMessage.SUSPECT_STORE)
            notices.append(arena.wait_for_notice())
            senders.wait_for(50)
    arena.wait_until_digested()
    status = arena.status()
    sums = status.received == status.pending + status.digested + status.dead
    complaints = () if sums else (f"the counters do not add up: {status}",)
    # Reports on overwritten pages are lost: the requirement is that the engine goes on, and reports it.
    compared = comparison.Comparison(len(senders.acknowledged), 0, 0)
    return Outcome(times, compared, notices[-1][:60], complaints)


def _damage_pages(arena: Arena) -> None:
    file = arena.folder / paths.DATABASE
    # Until a checkpoint, what is written is in the log only.
    arena.wait_until(lambda: file.stat().st_size > 100 * PAGE, "a checkpoint")
    with file.open("r+b") as pages:
        for _page in range(40):
            pages.seek(arena.rng.randrange(3, file.stat().st_size // PAGE) * PAGE)
            pages.write(arena.rng.randbytes(PAGE))


def disk_full(arena: Arena, times: int) -> Outcome:
    """A small disk is filled up: the engine answers 503 until there is room again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", arena.folder], check=True)
    ballast = arena.folder / "ballast"
    refused = 0
    try:
        arena.start()
        with arena.senders() as senders:
            for _time in range(times):
                senders.wait_for(100)
                _fill(ballast)
                arena.wait_until(_more_refused(senders, refused), "the disk to be full")
                ballast.unlink()
                senders.wait_for(50)
                refused = senders.answers[503]
        return arena.outcome(times, senders, figure=f"{refused} answered 503")
    finally:
        arena.close()
        subprocess.run(["umount", "--lazy", arena.folder], check=True)


def _more_refused(senders: Senders, before: int) -> Callable[[], bool]:
    return lambda: senders.answers[503] > before


def _fill(ballast: Path) -> None:
    with ballast.open("wb") as file:
        try:
            while True:
                file.write(b"x" * 65_536)
                file.flush()
        except OSError:
            return


def locked(arena: Arena, times: int) -> Outcome:
    """Another program holds the write lock for some seconds."""
    arena.start()
    with arena.senders() as senders:
        for _time in range(times):
            senders.wait_for(100)
            with closing(sqlite3.connect(arena.folder / paths.DATABASE, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                arena.pause(arena.rng.uniform(0.5, 3.0))
                other.execute("ROLLBACK")
        senders.wait_for(50)
    return arena.outcome(times, senders)


def open_to_others(arena: Arena, times: int) -> Outcome:
    """With umask 0 the files are private all the same."""
    before = os.umask(0)
    try:
        arena.start()
    finally:
        os.umask(before)
    with arena.senders() as senders:
        senders.wait_for(50)
    files = [arena.folder, *arena.folder.iterdir()]
    wide = [file.name for file in files if file.stat().st_mode & 0o077]
    return arena.outcome(times, senders, f"open to others: {wide}" if wide else "")


FAULTS = (
    Fault("store removed under load", removed, short=2, long=25),
    Fault("store moved away and put back", put_back, short=2, long=20),
    Fault("store damaged under load", damaged, short=1, long=6),
    Fault("disk full", disk_full, short=0, long=8, needs=("root", "mount")),
    Fault("write lock held", locked, short=1, long=10),
    Fault("umask 0", open_to_others, short=1, long=1),
)
