"""The way of an error: how soon its row is visible, and what the digest's process costs meanwhile.

The engine and the window are the real ones. The window's figures are in milliseconds from the moment at which
an error of a new issue is sent to the end of the paint that shows its row (`bench.window_lag`), those of the
digest its CPU seconds as a part of one core (`bench.trickle`). The store grows meanwhile, by 40,000 events in
all: the slowest floods come first.
"""

from pathlib import Path

from bench import trickle, window
from bench.scale.figures import Figure, Wanted

TRICKLE_SECONDS = 8.0
FLOOD_SECONDS = 10.0
# What stands for an error that was not visible in time: `bench.window_lag` waits that long.
NEVER_MS = 10_000.0
DIGEST = {
    rate: Figure(f"the digest's process at {rate} errors/s", "% of a core", Wanted.AT_MOST, part * 100)
    for rate, part in trickle.TARGETS.items()
}
VISIBLE = {
    rate: Figure(f"sent → row visible at {rate:,} errors/s, p99", "ms", Wanted.AT_MOST, milliseconds)
    for rate, milliseconds in sorted(window.VISIBLE_TARGETS_MS.items())
}
# Below 1 the machine was too busy to send as fast as it should.
SENT = Figure("sent a second ÷ asked for, the least", "×", Wanted.AT_LEAST, 0.95)
FIGURES = (*DIGEST.values(), *VISIBLE.values(), SENT)


def measure(folder: Path) -> dict[str, float]:
    """Measure on the store in `folder`."""
    found = {
        figure.name: trickle.measure(folder, rate, TRICKLE_SECONDS)["digest"] * 100
        for rate, figure in DIGEST.items()
    }
    sent = []
    for rate, figure in VISIBLE.items():
        seen = window.flood(folder, rate, FLOOD_SECONDS)
        found[figure.name] = NEVER_MS if seen["unseen"] else seen["visible_p99"]
        sent.append(seen["rate"] / rate)
    return found | {SENT.name: min(sent)}
