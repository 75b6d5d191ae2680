"""The command that starts Arecibo from the desktop, and its icon."""

import sys
from pathlib import Path

from app import paths

ROOT = Path(__file__).parents[2]
ICON = ROOT / "resources" / "arecibo.svg"


def command(data_dir: Path) -> tuple[str, ...]:
    """Program and arguments that open the window on this folder, wherever they are run."""
    # Not resolved: the interpreter of a virtual environment is a link, and finds its packages by that name.
    program = (str(Path(sys.executable).absolute()), str(ROOT / "main.py"))
    own = data_dir.absolute() != paths.data_dir().absolute()
    return (*program, "--data-dir", str(data_dir.absolute())) if own else program
