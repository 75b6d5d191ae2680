"""The wheel, by Hatchling, as pyproject.toml says; and the program's folder, taken out of it."""

import os
import sys
import zipfile
from pathlib import Path

from app.version import VERSION
from setup.packages.places import ROOT, epoch, output

PROGRAM = "arecibo_desktop/program/"


def build(target: Path) -> Path:
    """Build the wheel into the folder `target`; returns the file. Needs no network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target]
    output(command, cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())})
    return target / f"arecibo-{VERSION}-py3-none-any.whl"


def unpack_program(wheel: Path, target: Path) -> None:
    """Write what the wheel has below `program/` into the folder `target`."""
    with zipfile.ZipFile(wheel) as opened:
        for name in opened.namelist():
            if name.startswith(PROGRAM) and not name.endswith("/"):
                file = target / name.removeprefix(PROGRAM)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(opened.read(name))
