"""How this program starts itself again: the one place that knows, for a checkout and for every package.

All of them hold the same folder: `main.py` with `app/`, `ui/` and `resources/` beside it. In a wheel it is
`arecibo_desktop/program/`, in a package that brings its own Python it lies beside that. So a process of ours
is always the interpreter of this one with that `main.py`.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAIN = ROOT / "main.py"
# Written by the build of a package; a checkout has none.
BUILD_FILE = ROOT / "build.json"
NAME = "arecibo" if BUILD_FILE.exists() else "main.py"
"""What a person types to start it."""


def command(*arguments: str) -> list[str]:
    """Program and arguments that start Arecibo with `arguments`, from any folder."""
    return [*interpreter(), str(MAIN), *arguments]


def module(name: str) -> list[str]:
    """Program and arguments that run a module of ours, to be started in the folder `ROOT`."""
    return [*interpreter(), "-m", name]


def interpreter() -> list[str]:
    """This Python, as isolated from the person's environment as it is now."""
    # Not resolved: the interpreter of a virtual environment is a link, and finds its packages by that name.
    python = [str(Path(sys.executable).absolute())]
    if sys.flags.ignore_environment:
        python.append("-E")
    if sys.flags.no_user_site:
        python.append("-s")
    return python
