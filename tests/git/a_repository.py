"""Makes real git repositories, with identity and dates of their own and no configuration of this machine."""

import os
import subprocess
from pathlib import Path
from typing import Any

from app.model import Event, ExceptionInfo, Frame
from tests.factories import make_event

DAY = 86_400
FIRST_COMMIT = 1_780_000_000  # seconds since 1970, in 2026


class ARepository:
    """A repository in a folder. Each commit comes a day after the one before it."""

    def __init__(self, root: Path, *, begin: bool = True) -> None:
        self.root = root
        self.now = FIRST_COMMIT
        if begin:
            root.mkdir(parents=True, exist_ok=True)
            self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, author: str = "Ada") -> str:
        """Run git as a person would, configuration of the repository included."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        identity = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", author), ("EMAIL", "a@example.org"), ("DATE", f"{self.now} +0000"))
        }
        nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env=kept | identity | nothing,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, name: str, *lines: str) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in lines))
        return file

    def commit(self, subject: str, *, author: str = "Ada") -> str:
        """Commit everything; returns the hash."""
        self.now += DAY
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject, author=author)
        return self.git("rev-parse", "HEAD")


CART = tuple(f"def item_{number}(): return {number}" for number in range(1, 31))


def event_at(file: Path, line: int, *, text: str | None = None, **fields: Any) -> Event:
    """An event that failed in a line of this file, whose text the client sent, as the two around it."""
    lines = file.read_text().splitlines()
    context = tuple(
        (at, text if text is not None and at == line else lines[at - 1])
        for at in (line - 1, line, line + 1)
        if 0 < at <= len(lines)
    )
    frame = Frame(abs_path=str(file), filename=file.name, function="pay", line=line, context=context)
    return make_event(exceptions=(ExceptionInfo(type="KeyError", value="'x'", frames=(frame,)),), **fields)
