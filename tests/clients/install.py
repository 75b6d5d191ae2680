"""Installs what the clients need besides `.venv`: packages for Node, Chromium, Ruby, environments for Python.

`make test-clients` runs this before the tests; when nothing is missing it returns at once. Node's packages
are those of node/package-lock.json, Python's those of python/environments, both in folders that git ignores;
the rest comes from Debian: installed by apt when root runs this, otherwise one line says what to install.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from setup import prepare
from tests.clients.python import environments

NODE = Path(__file__).parent / "node"
LOCK = NODE / "package-lock.json"
STAMP = NODE / "node_modules" / ".finished"
GEMS = ("rack", "sentry-ruby", "sentry-raven")


class NotInstalled(Exception):
    """What is missing, and what to do about it."""


def main() -> int:
    """Install what is missing; returns the exit code."""
    try:
        install_debian_packages()
        install_node_packages()
        environments.make_all()
    except (NotInstalled, prepare.SetupError) as error:
        print(f"test clients: {error}", file=sys.stderr)
        return 1
    return 0


def missing_debian_packages() -> list[str]:
    """The missing Debian packages that some client needs."""
    programs = {"node": "nodejs", "npm": "npm", "chromium": "chromium", "ruby": "ruby", "openssl": "openssl"}
    missing = [package for program, package in programs.items() if shutil.which(program) is None]
    missing += [f"ruby-{gem}" for gem in GEMS if not _ruby_finds(gem)]
    return missing


def install_debian_packages() -> None:
    """Install the missing Debian packages. Raises `NotInstalled` when apt is missing, fails or needs root."""
    missing = missing_debian_packages()
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise NotInstalled(f"please install {', '.join(missing)}; on Debian: sudo {' '.join(command)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "--quiet"], environment=environment)
    _run(command, environment=environment)


def install_node_packages() -> None:
    """Install exactly what the lock says. Raises `NotInstalled` when npm fails."""
    if node_packages_are_there():
        return
    # No install scripts: no client needs one, and those of other packages only download things.
    _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder=NODE)
    STAMP.write_text(_fingerprint())


def node_packages_are_there() -> bool:
    """Whether `npm ci` has finished for this lock."""
    return STAMP.exists() and STAMP.read_text() == _fingerprint()


def _fingerprint() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def _ruby_finds(gem: str) -> bool:
    if shutil.which("ruby") is None:
        return False
    return subprocess.run(["ruby", "-e", f"gem '{gem}'"], capture_output=True, check=False).returncode == 0


def _run(
    command: Sequence[str], folder: Path | None = None, environment: dict[str, str] | None = None
) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotInstalled(f"{' '.join(command)} failed; check the network.\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    raise SystemExit(main())
