"""The Python of the folder: a copy of the one that builds it, which starts from wherever it lies.

An interpreter looks for its library above itself (`lib/python3.x/os.py`), so a copy of both needs no setting.
Left out are tests, what needs Tk or a terminal, and what only builds extensions.
"""

import shutil
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

from setup.packages import elf, qt_parts
from setup.packages.places import ROOT, output

NAME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
_LEFT_OUT = (
    "__pycache__ test tests idlelib lib2to3 tkinter turtledemo turtle.py ensurepip pydoc_data config-* "
    "EXTERNALLY-MANAGED site-packages dist-packages sitecustomize.py"
).split()
_MODULES_LEFT_OUT = (
    "_tkinter*.so nis*.so _dbm*.so _gdbm*.so readline*.so _curses*.so _crypt*.so *test*.so xx*.so"
).split()


def copy(target: Path) -> Path:
    """Copy interpreter and standard library into `target`; returns the interpreter."""
    python = target / "bin" / NAME
    python.parent.mkdir(parents=True)
    shutil.copy2(Path(sys.executable).resolve(), python)
    (python.parent / "python3").symlink_to(NAME)
    shared = str(sysconfig.get_config_var("INSTSONAME"))
    if shared in elf.needed(python):
        # Some interpreters are a library, which must be of the very same build.
        (target / "lib").mkdir()
        shutil.copy2(Path(sysconfig.get_config_var("LIBDIR")) / shared, target / "lib" / shared)
        elf.look_beside(python, target / "lib")
    library = target / "lib" / NAME
    left_out = shutil.ignore_patterns(*_LEFT_OUT, *_MODULES_LEFT_OUT)
    shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=left_out, symlinks=False)
    return python


def packages_folder(python: Path) -> Path:
    """Where a copied interpreter looks for packages: the name differs among distributions."""
    said = output([python, "-E", "-s", "-c", "import site; print(site.getsitepackages()[-1])"])
    return Path(said.strip())


def locked_packages(lock: Path = ROOT / "requirements.lock") -> list[metadata.Distribution]:
    """The packages that the program needs, as they are in this environment; some are other platforms'."""
    names = [
        line.partition("==")[0]
        for line in lock.read_text("utf-8").splitlines()
        if "==" in line and line[0].isalnum()
    ]
    found = []
    for name in names:
        try:
            found.append(metadata.distribution(name))
        except metadata.PackageNotFoundError:
            continue
    return found


def copy_packages(target: Path) -> None:
    """Copy the locked packages into the folder `target`: every file that they installed, and no program."""
    here = Path(sysconfig.get_path("purelib"))
    for package in locked_packages():
        is_qt = package.name.lower().startswith("pyside6")
        for path in package.files or ():
            parts = path.parts
            if ".." in parts or "__pycache__" in parts or path.suffix == ".pyi" or path.name == ".gitignore":
                continue
            if is_qt and not parts[0].endswith(".dist-info"):
                continue
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(here / path, file)
    qt_parts.copy(here, target)
