"""How the cost of a function grows with its input, without a limit in seconds that a slow machine breaks."""

import time
from collections.abc import Callable

ROUNDS = 5
# A growth under these is safely not the named one (4 and 8), and leaves a noisy machine its share.
QUADRATIC = 3.2
CUBIC = 6.5


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times longer `work(2 * size)` takes than `work(size)`: 2 when linear, 4 quadratic, 8 cubic.

    The least of five rounds counts, in CPU time: other programs make single rounds longer, none shorter.
    """
    pairs = [(cpu_seconds(work, size), cpu_seconds(work, 2 * size)) for _ in range(ROUNDS)]
    return min(twice for _once, twice in pairs) / min(once for once, _twice in pairs)


def cpu_seconds(work: Callable[[int], object], size: int) -> float:
    """The CPU time of one call."""
    started = time.process_time()
    work(size)
    return time.process_time() - started
