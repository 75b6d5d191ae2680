"""Arecibo as an installed package: the command `arecibo`.

The program is the folder `program/`, as in its repository: `main.py`, `app/`, `ui/`, `resources/`. Others may
have packages of those names, so they are not installed beside this one: the command puts that folder first on
the path of its own process, and every process that it starts does the same.
"""

import sys
from pathlib import Path


def main() -> int:
    """Run the program on this process's arguments; returns the exit code."""
    sys.path.insert(0, str(Path(__file__).parent / "program"))
    from main import main as run  # noqa: PLC0415 - found only now

    return run()
