"""`python -m bench [NAME ...]`: run the named benchmarks, or all."""

import sys

from bench import digest, grouping, ingest, trickle, window

BENCHMARKS = {
    "ingest": ingest.run,
    "digest": digest.run,
    "trickle": trickle.run,
    "grouping": grouping.run,
    "window": window.run,
}


def main(names: list[str]) -> None:
    """Run them one after the other."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}. There are: {', '.join(BENCHMARKS)}.")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
