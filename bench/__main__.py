"""`python -m bench [NAME ...]`: run the named benchmarks, or all."""

import sys
from collections.abc import Callable

from bench import detail, digest, grouping, ingest, trickle, window
from bench.scale import runner as scale

BENCHMARKS: dict[str, Callable[[], None]] = {
    "ingest": ingest.run,
    "digest": digest.run,
    "trickle": trickle.run,
    "grouping": grouping.run,
    "window": window.run,
    "detail": detail.run,
    "scale": scale.run,
}
# Not among all: a part of `scale` that takes some seconds.
SHORT: dict[str, Callable[[], None]] = {"scale-short": scale.run_short}


def main(names: list[str]) -> None:
    """Run them one after the other."""
    known = BENCHMARKS | SHORT
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}. There are: {', '.join(known)}.")
    for name in names or BENCHMARKS:
        known[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
