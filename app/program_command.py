"""How this program is started: the one place that knows, for a checkout and for every package.

All of them hold the same folder: `main.py` with `app/`, `ui/` and `resources/` beside it. In a wheel it is
`arecibo_desktop/program/`, in a package that brings its own Python it lies beside that. So a process of ours
is always this interpreter with that `main.py` (`child`, `module`); what people and other programs start is
the command that was installed, where there is one (`command`): it outlives an update.
"""

import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAIN = ROOT / "main.py"
BUILD_FILE = ROOT / "build.json"
"""Written by the build of a package; a checkout has none."""
NAME = "arecibo" if BUILD_FILE.exists() else "main.py"
"""What a person types to start it."""
_COMMAND = "arecibo"


def child(*arguments: str) -> tuple[str, ...]:
    """Program and arguments that start a process of ours, from any folder, by the interpreter itself."""
    return (*_interpreter(sys.executable), str(MAIN), *arguments)


def module(name: str) -> tuple[str, ...]:
    """Program and arguments that run a module of ours, to be started in the folder `ROOT`."""
    return (*_interpreter(sys.executable), "-m", name)


def program(
    root: Path = ROOT, executable: str = sys.executable, *, scripts: Path | None = None
) -> tuple[str, ...]:
    """What is written before a command, to run this very installation from anywhere; each argument whole.

    A package has the command `arecibo`: in `bin` beside its folder, or where its environment has `scripts`. A
    checkout is started through `main.py`.
    """
    if (root / BUILD_FILE.name).is_file():
        folders = (root.parent / "bin", Path(sysconfig.get_path("scripts")) if scripts is None else scripts)
        for file in (folder / name for folder in folders for name in (_COMMAND, f"{_COMMAND}.exe")):
            if file.is_file():
                return (str(file),)
    return (*_interpreter(executable), str(root / MAIN.name))


def command(*arguments: str, data_dir: Path | None = None) -> tuple[str, ...]:
    """The whole command, `arguments` behind the program; with a `data_dir`, it says which."""
    whole = (*program(), *arguments)
    return whole if data_dir is None else (*whole, "--data-dir", str(data_dir.absolute()))


def shown_command(*arguments: str, data_dir: Path | None = None) -> str:
    """The same as a line for this platform's shell."""
    return line(command(*arguments, data_dir=data_dir))


def line(whole: tuple[str, ...], platform: str = sys.platform) -> str:
    """A command as a line for a shell of the platform."""
    return subprocess.list2cmdline(whole) if platform == "win32" else shlex.join(whole)


def _interpreter(executable: str) -> tuple[str, ...]:
    """This Python, as isolated from the person's environment as it is now."""
    # Not resolved: the interpreter of a virtual environment is a link, and finds its packages by that name.
    python = str(Path(executable).absolute())
    isolated = ("-E",) * bool(sys.flags.ignore_environment) + ("-s",) * bool(sys.flags.no_user_site)
    return (python, *isolated)
