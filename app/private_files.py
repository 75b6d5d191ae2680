"""Files and folders that only their owner may use, whatever the umask. Planted links are not followed.

What Arecibo stores holds secrets: bodies of requests, tokens of channels. A folder that the user chose may be
a link itself. On Windows modes mean nothing: a folder that is made here with mode 0o700 gets, from Python
itself, an access list of its owner and the administrators, which the files in it inherit (since 3.11.10 and
3.12.4; before, and in a folder that was there, what is above it decides: a user's own folders are private).
"""

import os
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_TRIES = 50
_WAIT_SECONDS = 0.02


class PlantedLink(OSError):
    """A link, or something else that is no plain file, is in the place of a file of ours.

    The text is a sentence for the user.
    """


def make_folder(folder: Path) -> None:
    """Create the folder, or make an existing one of this user private. Raises `OSError`.

    The user's home, the root and a shared folder (sticky, as /tmp) are not changed.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    if sys.platform != "win32":
        found = folder.stat()
        shared = found.st_mode & stat.S_ISVTX or folder.resolve() in (Path.home(), Path(folder.anchor or "/"))
        if found.st_uid == os.geteuid() and not shared and stat.S_IMODE(found.st_mode) != FOLDER_MODE:
            folder.chmod(FOLDER_MODE)


def make(file: Path) -> None:
    """Create an empty file, if there is none. Raises `PlantedLink` and `OSError`."""
    demand_plain(file)
    with suppress(FileExistsError):
        os.close(_new(file))


def write(file: Path, content: bytes) -> None:
    """Write the file atomically: readers see the old content or the new. Raises `OSError`."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    descriptor = _new(draft)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
    _put(draft, file)


def read(file: Path) -> bytes:
    """The file's content. Raises `OSError`, also when the path is a link."""
    with os.fdopen(os.open(file, os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_BINARY", 0)), "rb") as opened:
        return opened.read()


def demand_plain(file: Path) -> None:
    """Raise `PlantedLink` when there is something at this path that is no plain file."""
    try:
        mode = file.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    if not stat.S_ISREG(mode):
        what = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "no plain file"
        raise PlantedLink(f"{file} is {what}. Arecibo does not follow it; remove it or move it away")


def close_to_others(files: Iterable[Path]) -> None:
    """Make these files private, as far as they are plain files that belong to this user."""
    if sys.platform != "win32":
        for file in files:
            with suppress(FileNotFoundError):
                found = file.lstat()
                ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()
                if ours and stat.S_IMODE(found.st_mode) != FILE_MODE:
                    file.chmod(FILE_MODE)


def _put(draft: Path, file: Path, platform: str = sys.platform) -> None:
    """Put the draft into the place of the file. Windows refuses while somebody reads that."""
    tries = _TRIES if platform == "win32" else 1
    for left in reversed(range(tries)):
        try:
            draft.replace(file)
        except PermissionError:
            if not left:
                draft.unlink(missing_ok=True)
                raise
            time.sleep(_WAIT_SECONDS)
        else:
            return


def _new(file: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | getattr(os, "O_BINARY", 0)
    descriptor = os.open(file, flags, FILE_MODE)
    if sys.platform != "win32":
        # A umask such as 0777 would leave even the owner no rights.
        os.fchmod(descriptor, FILE_MODE)
    return descriptor
