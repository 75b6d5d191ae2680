"""The folder as a `.tar.gz`, which runs on any Linux with the libraries of a desktop.

It brings the libraries that Python needs and another distribution may not have, such as OpenSSL's. The
Debian package takes Debian's own, which Debian keeps safe.
"""

import gzip
import shutil
import tarfile
from pathlib import Path

from setup.packages import elf
from setup.packages.places import FOLDER_NAME, epoch, settle
from setup.prepare import QT_LIBRARIES

# What every Linux desktop has, and must have of its own kind: the C library's, the compiler's, and Qt's.
_SYSTEM = (
    "ld-linux libc.so libm.so libdl.so libpthread.so librt.so libutil.so libresolv.so libstdc++.so "
    "libgcc_s.so libGLX.so libOpenGL.so libGLdispatch.so libxcb libX libwayland libgtk libgdk libgobject "
    "libgio libpango libcairo libatk libharfbuzz libdrm libgbm"
).split()


def build(stage: Path, target: Path) -> Path:
    """Pack `stage`, with those libraries, into the folder `target`; returns the file."""
    _add_libraries(stage)
    settle(stage)
    file = target / f"{FOLDER_NAME}.tar.gz"
    with (
        file.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=epoch()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in [stage, *sorted(stage.rglob("*"))]:
            archive.add(path, f"{FOLDER_NAME}/{path.relative_to(stage)}", recursive=False, filter=_anonymous)
    return file


def own_libraries(stage: Path) -> dict[str, Path]:
    """The system's libraries that the folder needs and a desktop may lack, by name, with those they need."""
    inside = {file.name for file in stage.rglob("*.so*")}
    found: dict[str, Path] = {}
    waiting = [file for file in elf.binaries(stage) if "PySide6" not in file.parts]
    while waiting:
        for name in elf.needed(waiting.pop()):
            if name in inside or name in found or name in QT_LIBRARIES or name.startswith(tuple(_SYSTEM)):
                continue
            if library := elf.of_the_system(name):
                found[name] = library
                waiting.append(library.resolve())
    return found


def _add_libraries(stage: Path) -> None:
    beside = stage / "python" / "lib"
    libraries = own_libraries(stage)
    for name, library in libraries.items():
        shutil.copy2(library.resolve(), beside / name)
        (beside / name).chmod(0o644)
    for file in elf.binaries(stage):
        if "PySide6" not in file.parts and libraries.keys() & set(elf.needed(file)):
            elf.look_beside(file, beside)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member
