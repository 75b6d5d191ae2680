"""Files and folders for their owner alone, whatever the umask. Links that others plant are not followed.

What Arecibo keeps holds secrets: bodies of requests, tokens of channels. A folder that a person chose may be
a link itself. On Windows a user's folders are the user's own already, and modes mean nothing there.
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
    """Where a file of ours belongs is a link or something else; the text is a sentence for people."""


def make_folder(folder: Path) -> None:
    """Make the folder, or close one of ours to others. Raises `OSError`.

    A home, the root and a folder that all share (as /tmp) stay as they are.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    if not _HAS_MODES:
        return
    found = folder.stat()
    shared = found.st_mode & stat.S_ISVTX or folder.resolve() in (Path.home(), Path(folder.anchor or "/"))
    if found.st_uid == os.geteuid() and not shared and stat.S_IMODE(found.st_mode) != FOLDER_MODE:
        folder.chmod(FOLDER_MODE)


def make(file: Path) -> None:
    """Make an empty file, if there is none. Raises `PlantedLink` and `OSError`."""
    demand_plain(file)
    with suppress(FileExistsError):
        os.close(_new(file))


def write(file: Path, content: bytes) -> None:
    """Put a file there in one piece: readers see the old one or the new one. Raises `OSError`."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    descriptor = _new(draft)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
    draft.replace(file)


def read(file: Path) -> bytes:
    """The file's content. Raises `OSError`, also where a link stands in its place."""
    with os.fdopen(os.open(file, os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_BINARY", 0)), "rb") as opened:
        return opened.read()


def demand_plain(file: Path) -> None:
    """Raises `PlantedLink` when something else than a plain file stands in this place."""
    try:
        mode = file.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    if not stat.S_ISREG(mode):
        what = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "no plain file"
        raise PlantedLink(f"{file} is {what}. Arecibo does not follow it; remove it or move it away")


def close_to_others(files: Iterable[Path]) -> None:
    """Take away what others may do with these files, where they are plain files of ours."""
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
        # A umask such as 0777 would have left nothing.
        os.fchmod(descriptor, FILE_MODE)
    return descriptor
