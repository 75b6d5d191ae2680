"""`doctor --repair`: needs exclusive use of the store, and prints what it did."""

from argparse import Namespace
from contextlib import closing

from filelock import FileLock, Timeout

from app import doctor, paths, private_files
from app.cli.exit_codes import ENVIRONMENT_ERROR, FAILED
from app.cli.json_lines import as_json
from app.plain_text import say
from app.program_command import NAME
from app.settings import Settings
from app.store import failures
from app.store.database import open_existing
from app.store.upkeep.repair import Repaired


def repair(settings: Settings, given: Namespace) -> int:
    """Rebuild what can be derived from the stored reports; fails when the file itself is damaged."""
    lock = FileLock(settings.data_dir / paths.ENGINE_LOCK, mode=private_files.FILE_MODE)
    try:
        # Open the store first: if there is none, no lock file must be created.
        with closing(open_existing(settings.data_dir)) as database, lock.acquire(blocking=False):
            done = doctor.repair.run(database)
    except Timeout:
        say(
            f"An engine works on {settings.data_dir}. Close the window or stop {NAME} serve first.",
            error=True,
        )
        return ENVIRONMENT_ERROR
    except (doctor.repair.BeyondRepair, doctor.repair.RegroupingUnderWay) as error:
        say(error, error=True)
        return FAILED
    except failures.StatementFailure as error:
        say(f"The error store could not be repaired: {failures.explain(error)}.", error=True)
        return FAILED
    if given.json:
        say(as_json(done))
    else:
        for line in _lines(done):
            say(line)
    return 0


def _lines(done: Repaired) -> list[str]:
    lines = [f"{len(done.faults)} faults of indexes were mended."] if done.faults else []
    lines += [
        f"{rows:,} rows of {table} belonged to nothing and are gone." for table, rows in done.orphans.items()
    ]
    corrected = ((done.counts, "counts"), (done.users, "numbers of users"))
    lines += [f"{number:,} issues had wrong {what}." for number, what in corrected if number]
    counted = ((done.tags, "values of tags"), (done.hours, "hours"))
    lines += [f"{number:,} {what} of issues were counted too low." for number, what in counted if number]
    if done.unreadable:
        lines.append(f"{done.unreadable:,} events could not be read again: the search does not find them.")
    if not lines:
        lines.append("Nothing was wrong.")
    return [*lines, f"The search index was built again, of {done.indexed:,} events."]
