"""`kill -9` of the engine and of the digest, at random moments under load and while the engine starts."""

from collections.abc import Sequence

import psutil

from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.outcome import Outcome


def engine_under_load(arena: Arena, times: int) -> Outcome:
    """The engine is killed under load, and started again."""
    left: list[psutil.Process] = []
    with arena.senders() as senders:
        for _time in range(times):
            arena.start()
            senders.wait_for(arena.rng.randrange(50, 400))
            left += arena.kill()
        arena.start()
        senders.wait_for(50)
    return arena.outcome(times, senders, complain_of_survivors(left))


def engine_at_its_start(arena: Arena, times: int) -> Outcome:
    """The engine is killed in its first second and a half, with reports waiting from before."""
    arena.start()
    with arena.senders() as senders:
        senders.wait_for(300)
    arena.kill()
    for _time in range(times):
        arena.launch()
        arena.pause(arena.rng.uniform(0.05, 1.5))
        arena.kill()
    arena.start()
    return arena.outcome(times, senders)


def digest_under_load(arena: Arena, times: int) -> Outcome:
    """The digest's process is killed in the middle of its work."""
    arena.start()
    with arena.senders() as senders:
        for _time in range(times):
            senders.wait_for(arena.rng.randrange(50, 300))
            arena.digest().kill()
        senders.wait_for(50)
    return arena.outcome(times, senders)


def complain_of_survivors(processes: Sequence[psutil.Process]) -> str:
    """A complaint about processes that run ten seconds after their engine has ended; empty if none does."""
    _gone, alive = psutil.wait_procs(processes, timeout=10)
    return f"{len(alive)} processes outlived their engine" if alive else ""


FAULTS = (
    Fault("engine killed under load", engine_under_load, short=3, long=60),
    Fault("engine killed while it starts", engine_at_its_start, short=3, long=30),
    Fault("digest killed under load", digest_under_load, short=1, long=60),
)
