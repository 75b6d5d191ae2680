"""Folders and names that all packages share, and how a file of a package is made."""

import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path

from app.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
DIST = ROOT / "dist"
SETUP = ROOT / "setup"
MACHINE = platform.machine().lower()
FOLDER_NAME = f"arecibo-{VERSION}-linux-{MACHINE}"


def epoch() -> int:
    """The time that files in packages have, in seconds since 1970: that of the commit that is built.

    With SOURCE_DATE_EPOCH it is that one (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = subprocess.run(
        ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"],  # noqa: S607
        capture_output=True,
        check=False,
        text=True,
    )
    return int(asked.stdout.strip() or 0) or int((ROOT / "CHANGELOG.md").stat().st_mtime)


def write(file: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Write a file, and the folders that it lies in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    file.chmod(mode)


def settle(folder: Path) -> None:
    """Give all below `folder` the time of `epoch`, and modes: only what is in a `bin` is a program."""
    when = epoch()
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink():
            os.utime(path, (when, when), follow_symlinks=False)
            continue
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        os.utime(path, (when, when))


def size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in files if not file.is_dir() or file.is_symlink())


def output(command: Sequence[object], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """What `command` prints. Ends the build with its words when it fails."""
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=env, capture_output=True, check=False, text=True
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command[:4]))} … failed:\n{done.stdout}{done.stderr}")
    return done.stdout
