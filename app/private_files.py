"""Files and folders that only their owner may use, whatever the umask. Planted links are not followed.

What Arecibo stores holds secrets: bodies of requests, tokens of channels. A folder that the user chose may be
a link itself. On Windows a user's folders are private already, and modes mean nothing there.
"""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_HAS_MODES = os.name == "posix"


class PlantedLink(OSError):
    """A link, or something else that is no plain file, is in the place of a file of ours.

    The text is a sentence for the user.
    """


def make_folder(folder: Path) -> None:
    """Create the folder, or make an existing one of this user private. Raises `OSError`.

    The user's home, the root and a shared folder (sticky, as /tmp) are not changed.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    if not _HAS_MODES:
        return
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
    draft.replace(file)


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
    if not _HAS_MODES:
        return
    for file in files:
        with suppress(FileNotFoundError):
            found = file.lstat()
            ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()
            if ours and stat.S_IMODE(found.st_mode) != FILE_MODE:
                file.chmod(FILE_MODE)


def _new(file: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | getattr(os, "O_BINARY", 0)
    descriptor = os.open(file, flags, FILE_MODE)
    if _HAS_MODES:
        # A umask such as 0777 would leave even the owner no rights.
        os.fchmod(descriptor, FILE_MODE)
    return descriptor
