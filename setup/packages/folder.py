"""The folder that brings its own Python, as it is before it becomes a package.

bin/arecibo   the command
python/       the interpreter, its library and the packages
program/      main.py, app/, ui/, resources/
share/        what a desktop and a shell read
"""

import shutil
from pathlib import Path

from setup.build_file import NAME as BUILD_FILE
from setup.build_file import text as build_text
from setup.packages import carried_python, desktop_files, elf, licences, wheel
from setup.packages.places import BUILD, FOLDER_NAME, MACHINE, ROOT, SETUP, output, settle, write

# Where the Debian package puts the folder: compiled code names its files so, wherever the folder lies.
INSTALLED = "/usr/lib/arecibo"


def build(built_wheel: Path) -> Path:
    """Make the folder below `build/`; returns it."""
    stage = BUILD / FOLDER_NAME
    python = carried_python.copy(stage / "python")
    packages = carried_python.packages_folder(python)
    carried_python.copy_packages(packages)
    wheel.unpack_program(built_wheel, stage / "program")
    write(stage / "program" / BUILD_FILE, build_text(ROOT, "folder"))
    launcher = (SETUP / "packages" / "arecibo.sh").read_text("utf-8")
    write(stage / "bin" / "arecibo", launcher.replace("@PYTHON@", carried_python.NAME), 0o755)
    desktop_files.write_all(stage / "share", python)
    licences.write_all(stage / "share" / "doc" / "arecibo")
    _strip(stage)
    _compile(python, stage)
    settle(stage)
    return stage


def _strip(stage: Path) -> None:
    """Remove what only a debugger reads: 130 MB of symbols."""
    if shutil.which("strip"):
        for file in elf.binaries(stage):
            file.chmod(file.stat().st_mode | 0o200)
            output(["strip", "--strip-unneeded", file])


def _compile(python: Path, stage: Path) -> None:
    """Compile all modules, so that nobody has to at the first start, and a package leaves nothing behind."""
    # By the content of the source, unchecked: packages set times as they like.
    options = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", stage, "-p", INSTALLED]
    for folder in (stage / "python" / "lib", stage / "program"):
        # Some modules in packages are templates or for a newer Python; what matters is imported by the tests.
        output(
            ["sh", "-c", '"$@" || true', "compile", python, "-E", "-s", "-m", "compileall", *options, folder]
        )


def architecture() -> str:
    """What Debian calls this machine."""
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(MACHINE, MACHINE)
