"""A JavaScript app for one run: the catalogue's lines for a client, and a driver that raises errors."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from app import clients
from tests.clients import install
from tests.end2end.engine_process import PATIENCE_SECONDS

HERE = Path(__file__).parent
PACKAGES = HERE / "node" / "node_modules"


class SourceText:
    """A file of the app, in which lines can be found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text("utf-8").splitlines()

    def line_of(self, text: str) -> int:
        """The number, from 1, of the only line that contains `text`."""
        (number,) = [n for n, line in enumerate(self.lines, 1) if text in line]
        return number

    def text_at(self, line: int) -> str:
        """The line numbered `line`, without the blanks around it."""
        return self.lines[line - 1].strip()


def catalogue(entry: str, url: str, project: str, change: tuple[str, str] = ("", "")) -> str:
    """The catalogue's lines for a client, as the user reads them.

    `change` replaces one part of them with another, for options that the lines do not show.
    """
    (code,) = [client.code for client in clients.clients(url, project) if client.name == entry]
    part, other = change
    assert part in code
    return code.replace(part, other) if part else code


def make_app(
    folder: Path, kind: str, code: str, driver: str, packages: Mapping[str, str] | None = None
) -> Path:
    """Write the app into `folder`; returns its main file.

    `kind` is node or browser, `driver` a file of its drivers; `packages` maps packages to the installed ones
    that replace them, as sentry-node-7 for @sentry/node.
    """
    assert install.node_packages_are_there(), "run `make test-clients`, or tests/clients/install.py, first"
    drivers = HERE / kind
    link_packages(folder / "node_modules", packages or {})
    shutil.copy(drivers / "shop.js", folder)
    main = folder / "app.js"
    main.write_text(f"{code}\n{(drivers / 'drivers' / f'{driver}.js').read_text('utf-8')}", "utf-8")
    return main


def link_packages(folder: Path, instead: Mapping[str, str]) -> None:
    """Create `folder` with a link to every installed package; `instead` maps some to others."""
    folder.mkdir()
    for package in PACKAGES.iterdir():
        if package.name.startswith("@"):
            (folder / package.name).mkdir()
            for scoped in package.iterdir():
                (folder / package.name / scoped.name).symlink_to(scoped)
        elif not package.name.startswith("."):
            (folder / package.name).symlink_to(package)
    for name, other in instead.items():
        (folder / name).unlink()
        (folder / name).symlink_to(PACKAGES / other)


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end. Raises `TimeoutExpired`."""
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


def version(package: str) -> str:
    """The installed version of a package."""
    found: str = json.loads((PACKAGES / package / "package.json").read_text("utf-8"))["version"]
    return found
