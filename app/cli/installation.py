"""How this Arecibo came onto the machine, and so how a newer one comes: for `--version` and `update`.

Nothing is asked over the network. A package says of itself what it is (`build.json`, written when it was
built); what installed a wheel is known by the file that it leaves beside the environment.
"""

import sys
from enum import Enum
from importlib import metadata
from pathlib import Path
from platform import python_version

import msgspec
from msgspec import Struct

from app import program_command
from app.git import command as git
from app.version import VERSION

GIT_SECONDS = 2.0


class Kind(Enum):
    """What installed it; the value is how it is called in a sentence."""

    CHECKOUT = "a checkout"
    PIPX = "a wheel, by pipx"
    UV = "a wheel, by uv"
    PIP = "a wheel, by pip"
    FOLDER = "a folder with its own Python"
    DEBIAN = "a Debian package"


class Build(Struct, frozen=True):
    """What a package says of itself: `wheel`, `folder` or `deb`, and the commit that it was built from."""

    package: str
    commit: str = ""


class Installation(Struct, frozen=True):
    """What is installed, and where. `commit` is empty where it is not known."""

    kind: Kind
    root: Path
    commit: str


def find(root: Path = program_command.ROOT, prefix: Path | None = None) -> Installation:
    """The installation in `root`, run by the Python environment in `prefix` (default: this one).

    A `build.json` that cannot be read counts as that of a wheel.
    """
    try:
        build = msgspec.json.decode((root / program_command.BUILD_FILE.name).read_bytes(), type=Build)
    except FileNotFoundError:
        return Installation(Kind.CHECKOUT, root, _commit_of_checkout(root))
    except (OSError, msgspec.DecodeError):
        build = Build("wheel")
    by_package = {"folder": Kind.FOLDER, "deb": Kind.DEBIAN}
    kind = by_package.get(build.package) or _installer(Path(sys.prefix) if prefix is None else prefix)
    return Installation(kind, root, build.commit)


def describe(installation: Installation) -> str:
    """What `--version` prints: the first line has name, version and commit, the second what it runs on."""
    commit = f" ({installation.commit})" if installation.commit else ""
    return (
        f"Arecibo {VERSION}{commit}\n"
        f"Python {python_version()}, Qt {_qt_version()}; {installation.kind.value} in {installation.root}"
    )


def how_to_update(installation: Installation) -> str:
    """What to run for a newer version, as sentences; commands stand alone on lines that are indented."""
    root = installation.root
    words = {
        Kind.CHECKOUT: f"Fetch the newest, and start; what changed is set up then:\n"
        f"    git -C '{root}' pull\n    make -C '{root}' run",
        Kind.PIPX: "From where it was installed:\n    pipx upgrade arecibo\n"
        "From a newer wheel:\n    pipx install --force arecibo-VERSION-py3-none-any.whl",
        Kind.UV: "From where it was installed:\n    uv tool upgrade arecibo\n"
        "From a newer wheel:\n    uv tool install --force arecibo-VERSION-py3-none-any.whl",
        Kind.PIP: f"Install a newer wheel into the same environment:\n"
        f"    '{sys.executable}' -m pip install --upgrade arecibo-VERSION-py3-none-any.whl",
        Kind.FOLDER: "Close Arecibo, unpack a newer arecibo-VERSION-linux-MACHINE.tar.gz beside "
        f"this folder, and remove this one:\n    {root.parent}\nIf it is in the menu, put the new one there: "
        "arecibo desktop install.",
        Kind.DEBIAN: "Install a newer package; apt replaces this one:\n"
        "    sudo apt install ./arecibo_VERSION_ARCHITECTURE.deb",
    }
    return (
        f"This is Arecibo {VERSION}, {installation.kind.value}. It never looks for a newer one by itself.\n"
        f"{words[installation.kind]}\n"
        "The error store is kept, and upgraded by the first start of a newer version; "
        f"{program_command.NAME} backup FILE copies it before."
    )


def _installer(prefix: Path) -> Kind:
    if (prefix / "pipx_metadata.json").exists():
        return Kind.PIPX
    return Kind.UV if (prefix / "uv-receipt.toml").exists() else Kind.PIP


def _commit_of_checkout(root: Path) -> str:
    if not (root / ".git").exists():
        return ""
    try:
        said = git.run(root, "rev-parse", "--short=12", "HEAD", seconds=GIT_SECONDS)
    except git.GitError:
        return ""
    return said.decode("ascii", "replace").strip()


def _qt_version() -> str:
    # Qt itself is not loaded: that would take most of the time of `--version`.
    try:
        return metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        return "is not installed"
