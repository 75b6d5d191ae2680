"""`main.py backup` and `restore`: the whole store, copied at any time, and put back while no engine runs."""

from argparse import Namespace

from filelock import FileLock, Timeout

from app import paths, private_files
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED
from app.plain_text import say
from app.settings import MIB, Settings
from app.store import set_aside
from app.store.upkeep import backup
from app.store.upkeep.backup import BackupFailed


def back_up(settings: Settings, given: Namespace) -> int:
    """Copy the store into a new file, and check the copy."""
    try:
        made = backup.make(settings.data_dir / paths.DATABASE, given.file.absolute())
    except BackupFailed as error:
        say(error, error=True)
        return FAILED
    say(f"Backed up to {made.file}, {made.size / MIB:,.1f} MiB, and checked.")
    return DONE


def restore(settings: Settings, given: Namespace) -> int:
    """Put a backup into the place of the store; needs exclusive use of it."""
    folder = settings.data_dir
    file, aside = folder / paths.DATABASE, None
    try:
        private_files.make_folder(folder)
        with FileLock(folder / paths.ENGINE_LOCK, mode=private_files.FILE_MODE).acquire(blocking=False):
            incoming = set_aside.name_for(file, "incoming")
            backup.bring_in(given.file.absolute(), incoming)
            if file.exists():
                aside = set_aside.set_aside(file, backup.ASIDE)
            incoming.replace(file)
    except Timeout:
        say(
            f"An engine works on {folder}. Restore in its window (Preferences, Data), or stop it first.",
            error=True,
        )
        return ENVIRONMENT_ERROR
    except (BackupFailed, OSError) as error:
        say(error, error=True)
        return FAILED
    say(f"Restored {given.file}.")
    if aside is not None:
        say(f"The store before is {aside}. To have it back: main.py restore '{aside}'.")
    return DONE
