"""Native libraries: which others they need, who is found where, and how they find those beside them."""

import functools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from setup.packages.places import output


def binaries(folder: Path) -> Iterator[Path]:
    """The programs and libraries below `folder`."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                if opened.read(4) == b"\x7fELF":
                    yield file


@functools.cache
def needed(file: Path) -> tuple[str, ...]:
    """The names of the libraries that `file` is linked to."""
    return tuple(output([_patchelf(), "--print-needed", file]).split())


def closure(start: Iterable[Path], folder: Path) -> set[Path]:
    """The libraries in `folder` that `start` needs, directly or through others of them."""
    found: set[Path] = set()
    waiting = list(start)
    while waiting:
        for name in needed(waiting.pop()):
            library = folder / name
            if library.exists() and library not in found:
                found.add(library)
                waiting.append(library)
    return found


def of_the_system(name: str) -> Path | None:
    """Where the loader of this system finds a library."""
    return _system_libraries().get(name)


def look_beside(file: Path, folder: Path) -> None:
    """Have `file` find the libraries that it needs in `folder`, wherever both are moved together."""
    way = f"$ORIGIN/{os.path.relpath(folder, file.parent)}"
    output([_patchelf(), "--set-rpath", way, file])


@functools.cache
def _system_libraries() -> dict[str, Path]:
    # `	libz.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libz.so.1`; the first of a name is what is loaded.
    lines = re.findall(r"^\s+(\S+) \(libc6,(?:x86-64|AArch64)[^)]*\) => (\S+)$", _ldconfig(), re.MULTILINE)
    return {name: Path(path) for name, path in reversed(lines)}


def _ldconfig() -> str:
    program = next((p for p in ("/sbin/ldconfig", "/usr/sbin/ldconfig") if Path(p).exists()), "ldconfig")
    return output([program, "-p"])


def _patchelf() -> Path:
    return Path(sys.executable).parent / "patchelf"
