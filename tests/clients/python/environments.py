"""Environments for the clients that conflict with the others, each exactly as its lock says.

uv creates them in `.tools/clients`, with the same network settings as all of `make`, and only once for a
lock. `python -m tests.clients.python.environments lock` chooses the versions again.
"""

import sys
from pathlib import Path

from setup import prepare

LOCKS = Path(__file__).parent / "environments"
FOLDER = prepare.TOOLS / "clients"
# These are published as source only, so they are built, with a setuptools that is in the lock itself.
BUILT = {"pybrake": ("pybrake", "tdigest", "accumulation-tree")}


def python_of(name: str) -> Path:
    """The interpreter of the environment, which is created when it does not exist. Raises `SetupError`."""
    folder, lock = FOLDER / name, LOCKS / f"{name}.lock"
    stamp = [prepare.this_python(), prepare.fingerprint(lock.read_text("utf-8"))]
    if prepare.read_stamp(folder) != stamp:
        prepare.install_tools()
        prepare.remove(folder)
        env = prepare.network_environment()
        make = [prepare.UV, "venv", "--quiet", "--python", prepare.PYTHON, folder]
        prepare.must(make, env, "Check that this Python works.")
        options = ["--quiet", "--require-hashes", *_builds(name)]
        fill = [prepare.UV, "pip", "sync", *options, "--python", folder, lock]
        prepare.must(fill, env, prepare.NO_DOWNLOAD)
        prepare.write_stamp(folder, stamp)
    return folder / "bin" / "python"


def make_all() -> None:
    """Create every environment that has a lock. Raises `SetupError`."""
    for lock in sorted(LOCKS.glob("*.lock")):
        python_of(lock.stem)


def write_locks() -> None:
    """Choose the newest versions that fit. Raises `SetupError`."""
    prepare.install_tools()
    env = prepare.network_environment()
    for name in ("UV_INDEX", "UV_FIND_LINKS"):
        env.pop(name, None)  # an index of this machine alone may lack files that others need
    options = "--quiet --universal --upgrade --generate-hashes --no-emit-index-url".split()
    options += ["--custom-compile-command", "python -m tests.clients.python.environments lock"]
    for source in sorted(LOCKS.glob("*.in")):
        more = ["--python-version", "{}.{}".format(*prepare.OLDEST_PYTHON), *_builds(source.stem)]
        compile_lock = [prepare.UV, "pip", "compile", *options, *more, source.relative_to(prepare.ROOT)]
        lock = source.with_suffix(".lock")
        prepare.must([*compile_lock, "-o", lock], env, "Check the network, and that the versions fit.")


def _builds(name: str) -> list[str]:
    options = [f"--no-binary={package}" for package in BUILT.get(name, ())]
    return [*options, "--build-constraints", str(LOCKS / f"{name}.lock")] if options else ["--no-build"]


if __name__ == "__main__":
    if sys.argv[1:] != ["lock"]:
        raise SystemExit("usage: python -m tests.clients.python.environments lock")
    write_locks()
