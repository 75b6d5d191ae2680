"""Injects every fault for a while, and prints a table.

    python -m tests.torture [--seed N] [--only WORDS] [--minutes M] [--short] [--store FOLDER]

Exits 1 when a fault was not survived. The same seed makes the same choices; the timing still depends on the
machine.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.arena import Arena
from tests.torture.comparison import Comparison
from tests.torture.fault import Fault
from tests.torture.faults import ALL
from tests.torture.outcome import Outcome

COLUMNS = "{:<44} {:>6} {:>8} {:>5} {:>5}  {:<8} {}"


def main() -> int:
    """Run the faults that the command line selects; returns the exit code."""
    given = _arguments()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10_000)
    until = time.monotonic() + given.minutes * 60
    print(f"Seed {seed}.\n")
    print(COLUMNS.format("fault", "times", "acked", "lost", "twice", "verdict", "figure"), flush=True)
    survived = True
    for fault in ALL:
        if given.only not in fault.name:
            continue
        if missing := [need for need in fault.needs if not is_met(need)]:
            print(COLUMNS.format(fault.name, "", "", "", "", "left out", f"needs {', '.join(missing)}"))
            continue
        is_short = given.short or time.monotonic() > until
        times = fault.short if is_short else fault.long
        if not times:
            continue
        outcome = run(fault, times, seed, store=given.store)
        survived = survived and outcome.is_survived
        show(fault, outcome)
    return 0 if survived else 1


def run(
    fault: Fault, times: int, seed: int, folder: Path | None = None, store: Path | None = None
) -> Outcome:
    """Inject a fault `times` times in an arena of its own, which is removed afterwards.

    It begins with an empty store, or with a copy of the one in the data folder `store`.
    """
    home = folder or Path(tempfile.mkdtemp(prefix="arecibo-torture-", dir=store and store.parent))
    arena = Arena(home, random.Random(f"{seed} {fault.name}"), **fault.environment)
    if store is not None:
        shutil.copytree(store, arena.folder, dirs_exist_ok=True)
    try:
        return fault.act(arena, times)
    except (AssertionError, OSError, TimeoutError) as error:
        return Outcome(times, Comparison(0, 0, 0), complaints=(f"{type(error).__name__}: {error}"[:2_000],))
    finally:
        arena.close()
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


def is_met(need: str) -> bool:
    """Whether this machine meets a need of a fault: `root` privileges, or a program of that name."""
    return os.geteuid() == 0 if need == "root" else shutil.which(need) is not None


def show(fault: Fault, outcome: Outcome) -> None:
    """Print a row of the table, and the complaints below it."""
    compared = outcome.comparison
    verdict = "survived" if outcome.is_survived else "FAILED"
    row = (
        fault.name,
        outcome.times,
        compared.acknowledged,
        compared.lost,
        compared.duplicates,
        verdict,
        outcome.figure,
    )
    print(COLUMNS.format(*row), flush=True)
    for complaint in outcome.complaints:
        print(f"    {complaint}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.torture", description="Torture the engine.")
    parser.add_argument("--seed", type=int, help="makes the same choices again (default: a new one)")
    parser.add_argument("--only", default="", metavar="WORDS", help="only faults whose name has these words")
    parser.add_argument("--short", action="store_true", help="a few times each")
    parser.add_argument(
        "--minutes", type=float, default=30.0, help="what begins later is done a few times only (default: 30)"
    )
    parser.add_argument(
        "--store", type=Path, metavar="FOLDER", help="begin each fault with a copy of this data folder"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
