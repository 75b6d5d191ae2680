"""Runs programs with and without the hooks, by the interpreters that are here."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.runs.hooks import Hooks

_NAMES = [f"python3.{minor}" for minor in range(6, 15)] + ["python2.7"]


class Ran(Struct, frozen=True):
    """What a program printed, its exit code, and what a hook has left of it."""

    out: str
    err: str
    code: int
    reports: list[dict[str, Any]] = []

    @property
    def seen(self) -> tuple[str, str, int]:
        """What a person or a script sees of it."""
        return self.out, self.err, self.code


def pythons() -> list[str]:
    """The Pythons that are here and start, each version once, this one first."""
    found = {f"python{sys.version_info[0]}.{sys.version_info[1]}": sys.executable}
    for name in _NAMES:
        path = shutil.which(name)
        if name not in found and path and _starts(path):
            found[name] = path
    return list(found.values())


def _starts(path: str) -> bool:
    return subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    is_hooked: bool = True,
    stdin: str = "",
) -> Ran:
    """Run a command, with the hooks or without them."""
    given = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    hooks = Hooks()
    try:
        added = hooks.variables(given, command) if is_hooked else {}
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**given, **added},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
        )
        left = [path.name for path in hooks.folder.glob("*") if path.suffix != ".json"]
        assert left == []
        return Ran(done.stdout, done.stderr, done.returncode, hooks.take())
    finally:
        hooks.close()


def both(command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None, stdin: str = "") -> Ran:
    """Run it without the hooks, and then with them: nothing that is seen of it may differ."""
    plain = run(command, cwd=cwd, env=env, is_hooked=False, stdin=stdin)
    hooked = run(command, cwd=cwd, env=env, stdin=stdin)
    assert hooked.seen == plain.seen
    return hooked


def raised(report: dict[str, Any]) -> dict[str, Any]:
    """The exception of a report that was raised last."""
    value: dict[str, Any] = report["exception"]["values"][-1]
    return value


def titles(ran: Ran) -> list[str]:
    """The types and messages of what was reported."""
    return [f"{raised(report)['type']}: {raised(report)['value']}" for report in ran.reports]


def local(report: dict[str, Any], function: str) -> dict[str, Any]:
    """The locals of a function in what was raised last."""
    frames = raised(report)["stacktrace"]["frames"]
    found: dict[str, Any] = next(frame["vars"] for frame in frames if frame["function"] == function)
    return found


def as_text(report: dict[str, Any]) -> str:
    """The whole report."""
    return json.dumps(report)
