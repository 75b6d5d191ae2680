"""`main.py` as the user runs it, on the store of an arena."""

import os
import subprocess
import sys

from msgspec import Struct

from tests.torture.arena import ROOT, Arena

PATIENCE_SECONDS = 120.0


class CommandResult(Struct, frozen=True):
    """What a command printed, and its exit code."""

    command: str
    code: int
    output: str
    errors: str

    @property
    def everything(self) -> str:
        """Both streams."""
        return self.output + self.errors


def run(arena: Arena, *arguments: str) -> CommandResult:
    """Run a command of `main.py` to its end. Raises `TimeoutError`."""
    try:
        ran = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *arguments, "--data-dir", str(arena.folder)],
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
            env={**os.environ, "XDG_CONFIG_HOME": str(arena.config.parent), "COLUMNS": "200"},
            cwd=arena.folder,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"main.py {' '.join(arguments)} did not end") from error
    streams = [stream.decode("utf-8", "surrogateescape") for stream in (ran.stdout, ran.stderr)]
    return CommandResult(" ".join(arguments), ran.returncode, *streams)
