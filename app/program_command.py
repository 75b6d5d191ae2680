"""How this program is started: from a checkout, as a package, or as a self-contained folder."""

import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

NAME = "arecibo"
ROOT = Path(__file__).parents[1]


def program(
    root: Path = ROOT,
    executable: str = sys.executable,
    *,
    scripts: Path | None = None,
    frozen: bool | None = None,
) -> tuple[str, ...]:
    """What is written before a command, to run this very installation from anywhere; each argument whole.

    A self-contained folder is one executable; a package has the command `arecibo` beside its interpreter; a
    checkout is started through `main.py`.
    """
    # Not resolved: the interpreter of a virtual environment is a link, and finds its packages by that name.
    python = str(Path(executable).absolute())
    if frozen if frozen is not None else getattr(sys, "frozen", False):
        return (python,)
    main = root / "main.py"
    if main.is_file():
        return (python, str(main))
    folder = Path(sysconfig.get_path("scripts")) if scripts is None else scripts
    for name in (NAME, f"{NAME}.exe"):
        if (folder / name).is_file():
            return (str(folder / name),)
    return (NAME,)


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
