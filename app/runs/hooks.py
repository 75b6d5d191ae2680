"""Hooks of ours in a command's Python, Node and Ruby programs: what they report of uncaught errors.

A hook (`resources/hooks/`) is loaded by the interpreter itself, through a variable that it reads when it
starts. It leaves a Sentry event as a file in a folder that is the run's own, and the run sends it on: a dying
process has no time for a connection, and a file needs none. So a hook never waits, and what it left outlives
its process.
"""

import os
import re
import shlex
import shutil
import stat
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "hooks"
REPORTS = "ARECIBO_RUN_FOLDER"
"""The variable that says where hooks leave their reports, the only one of ours that they read."""

LARGEST_REPORT = 4 << 20
_AT_ONCE = 100
_FINISHED = ".json"
# With Node's permissions a program may read nothing but what it was allowed to, and a file to be required is
# none of that: it would not start.
_NODE_PERMISSIONS = re.compile(r"--(?:experimental-)?permission\b(?!=false)")


Event = dict[str, Any]
"""A Sentry event, as it is in JSON."""

_decode = msgspec.json.Decoder(Event).decode


class Hooks:
    """The hooks of one run, and the folder of their reports, which exists until it is closed."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="arecibo-run-"))

    def variables(self, given: Mapping[str, str], command: Sequence[str] = ()) -> dict[str, str]:
        """What to set for `command`, of what would be `given`: what is there already stays in force."""
        return {REPORTS: str(self.folder), **_python(given), **_node(given, command), **_ruby(given)}

    def take(self) -> list[Event]:
        """What hooks have left since the last call, some at a time, the oldest first: each a Sentry event."""
        found: list[tuple[int, str]] = []
        with suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            found = [
                (entry.stat(follow_symlinks=False).st_mtime_ns, entry.path)
                for entry in entries
                if entry.name.endswith(_FINISHED) and entry.is_file(follow_symlinks=False)
            ]
        reports = []
        for _at, path in sorted(found)[:_AT_ONCE]:
            report = _read(path)
            with suppress(OSError):
                Path(path).unlink()
            if report is not None:
                reports.append(report)
        return reports

    def close(self) -> None:
        """Remove the folder: hooks of what still runs leave nothing any more."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _read(path: str) -> Event | None:
    """A report; None for what is none. The command may leave anything there, of any size and kind."""
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    try:
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST_REPORT:
            return None
        with os.fdopen(os.dup(file), "rb") as opened:
            written = opened.read(LARGEST_REPORT)
    finally:
        os.close(file)
    try:
        return _decode(written)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _python(given: Mapping[str, str]) -> dict[str, str]:
    """Python imports `sitecustomize` from its path (https://docs.python.org/3/library/site.html)."""
    folder = str(FOLDER / "python")
    if os.pathsep in folder:
        return {}
    # An empty PYTHONPATH is none; an empty part of one is the current folder.
    path = given.get("PYTHONPATH", "")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{path}" if path else folder}


def _node(given: Mapping[str, str], command: Sequence[str]) -> dict[str, str]:
    """Node requires a file first (https://nodejs.org/api/cli.html#node_optionsoptions)."""
    options = given.get("NODE_OPTIONS", "")
    if _NODE_PERMISSIONS.search(options) or any(_NODE_PERMISSIONS.search(word) for word in command):
        return {}
    path = str(FOLDER / "node" / "hook.cjs").replace("\\", "\\\\").replace('"', '\\"')
    # Quotes are needed for spaces only, and older versions know none.
    ours = f'--require "{path}"' if re.search(r'[\s"\\]', path) else f"--require {path}"
    return {"NODE_OPTIONS": f"{options} {ours}".strip()}


def _ruby(given: Mapping[str, str]) -> dict[str, str]:
    """Ruby requires a file first; its options are split at spaces, whatever quotes there are."""
    path = str(FOLDER / "ruby" / "hook.rb")
    if shlex.quote(path) != path:
        return {}
    return {"RUBYOPT": f"-r{path} {given.get('RUBYOPT', '')}".strip()}
