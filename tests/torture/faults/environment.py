"""Faults of the engine's environment: descriptors, signals, ports, and the clock."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from app import paths
from app.settings import MIB
from tests.torture.arena import ROOT, Arena
from tests.torture.fault import Fault
from tests.torture.faults.kills import complain_of_survivors
from tests.torture.outcome import Outcome

STOP_SECONDS = 10.0
HOURS_3, DAYS_3 = 3 * 3_600, 3 * 86_400


def no_descriptors(arena: Arena, times: int) -> Outcome:
    """The digest's process dies while there are no file descriptors to start another."""
    slowest = 0.0
    arena.start()
    with arena.senders(connections=1) as senders:
        senders.wait_for(20)
        for _time in range(times):
            pid = arena.engine.pid
            soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (5, hard))
            arena.digest().kill()
            senders.wait_for(50)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
            began = time.monotonic()
            arena.wait_until_caught_up()
            slowest = max(slowest, time.monotonic() - began)
    return arena.outcome(times, senders, figure=f"back within {slowest:.0f} s")


def digest_suspended(arena: Arena, times: int) -> Outcome:
    """The digest's process is suspended (SIGSTOP), and never resumed."""
    slowest = 0.0
    arena.start()
    with arena.senders(pause=0.02) as senders:
        for _time in range(times):
            senders.wait_for(20)
            arena.digest().suspend()
            began = time.monotonic()
            arena.wait_until_caught_up()
            slowest = max(slowest, time.monotonic() - began)
    return arena.outcome(times, senders, figure=f"replaced within {slowest:.0f} s")


def stop_with_digest_suspended(arena: Arena, times: int) -> Outcome:
    """SIGTERM for the engine while the digest's process is suspended."""
    slowest = 0.0
    complaints: list[str] = []
    with arena.senders() as senders:
        for _time in range(times):
            arena.start()
            senders.wait_for(50)
            arena.digest().suspend()
            left = arena.descendants()
            slowest = max(slowest, arena.stop(seconds=3 * STOP_SECONDS))
            complaints.append(complain_of_survivors(left))
    if slowest > STOP_SECONDS:
        complaints.append(f"it took {slowest:.1f} s to end")
    arena.start()
    return arena.outcome(times, senders, *complaints, figure=f"ended within {slowest:.1f} s")


def port_taken(arena: Arena, times: int) -> Outcome:
    """A second engine asks for the port of the first, and then for its folder."""
    slowest = 0.0
    complaints: list[str] = []
    arena.start()
    command = [sys.executable, str(ROOT / "main.py"), "serve", "--port", str(arena.port), "--data-dir"]
    with arena.senders() as senders:
        for _time in range(times):
            for folder in (arena.folder.with_name("other"), arena.folder):
                began = time.monotonic()
                second = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
                slowest = max(slowest, time.monotonic() - began)
                if second.returncode != 3 or "Traceback" in second.stderr:
                    complaints.append(f"exit code {second.returncode}: {second.stderr[-300:]}")
        senders.wait_for(50)
    return arena.outcome(times, senders, *complaints, figure=f"refused within {slowest:.2f} s")


def clock_set(arena: Arena, times: int) -> Outcome:
    """The engine starts with a clock three hours ahead, which is then set right, ahead, and at random."""
    offset = arena.folder.with_name("offset")
    offset.write_text(f"+{HOURS_3}")
    arena.add_environment(
        LD_PRELOAD=str(next(_libfaketime())),
        FAKETIME_TIMESTAMP_FILE=str(offset),
        FAKETIME_NO_CACHE="1",
        DONT_FAKE_MONOTONIC="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1",
        NO_FAKE_STAT="1",
    )
    longest = 0
    arena.start()
    with arena.senders() as senders:
        senders.wait_for(300)
        for time_ in range(times):
            jump = (0, DAYS_3, arena.rng.randrange(-DAYS_3, DAYS_3))[min(time_, 2)]
            offset.write_text(f"{jump:+d}")
            until = time.monotonic() + 25
            while time.monotonic() < until:
                arena.pause(0.5)
                longest = max(longest, arena.log.stat().st_size)
    complaint = "" if longest < 64 * MIB else "the log grew without end"
    return arena.outcome(times, senders, complaint, figure=f"log up to {longest // MIB} MiB")


def _libfaketime() -> Iterator[Path]:
    # Not the variant for several threads: its lock is slower than what it protects.
    yield from Path("/usr/lib").glob("*/faketime/libfaketime.so.1")


def soak(arena: Arena, times: int) -> Outcome:
    """A minute of load each time, with commands that read meanwhile, and a kill of the digest at its end."""
    sizes: list[int] = []
    arena.start()
    with arena.senders(connections=2, pause=0.01) as senders:
        for _minute in range(times):
            until = time.monotonic() + 60
            while time.monotonic() < until:
                arena.run("issues", "--json")
                arena.pause(5)
            arena.digest().kill()
            sizes.append(arena.engine.memory_info().rss)
    grown = f"engine {sizes[0] // MIB} MiB, {sizes[-1] // MIB} MiB at the end"
    log = (arena.folder / f"{paths.DATABASE}-wal").stat().st_size // MIB
    return arena.outcome(times, senders, figure=f"{grown}; log {log} MiB")


FAULTS = (
    Fault("no descriptors for another digest", no_descriptors, short=0, long=4),
    Fault("digest suspended", digest_suspended, short=0, long=3),
    Fault("SIGTERM while the digest is suspended", stop_with_digest_suspended, short=1, long=6),
    Fault("port and folder taken", port_taken, short=1, long=10),
    Fault("clock set, back and ahead", clock_set, short=0, long=4, needs=("faketime",)),
    Fault("soak", soak, short=0, long=10),
)
