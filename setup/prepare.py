"""Prepares this folder: system libraries, the tool that installs, and `.venv` exactly as locked.

`make` calls this before everything else; when nothing changed it answers at once. Needs Python and nothing else.

    prepare.py run             what the program needs
    prepare.py dev             that, and what tests and checks need
    prepare.py lock            choose the versions in requirements*.lock again (--upgrade: the newest)

The order: `.tools` gets uv, pinned by tools.lock; uv fills `.venv` from requirements*.lock. A stamp written last
says "finished, for this Python and these locks"; it is taken away before anything changes, so that a set-up that
was interrupted is seen and made again.
"""

from __future__ import annotations

import ast
import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
UV = TOOLS / "bin" / "uv"
TOOLS_LOCK = ROOT / "setup" / "tools.lock"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
OLDEST_PYTHON = (3, 11)

# What Qt loads from the system on Linux, and the Debian package that holds it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_PACKAGE = "fonts-dejavu-core"

# uv does not read pip's configuration: what a person told pip (a mirror, a proxy, a certificate) is told to uv.
FROM_PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
}


class SetupError(Exception):
    """What happened, what it means and what to do next, in words for people."""


def main(arguments: list[str]) -> int:
    """Prepares what `arguments` ask for; returns the exit code."""
    try:
        check_python()
        if arguments in (["lock"], ["lock", "--upgrade"]):
            with only_one():
                lock(arguments[1:])
        elif arguments in (["run"], ["dev"]):
            prepare(arguments[0])
        else:
            raise SetupError("prepare.py knows: run, dev, lock [--upgrade].")
    except SetupError as error:
        print(f"Arecibo set-up: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nArecibo set-up: interrupted. The next `make` picks it up again.", file=sys.stderr)
        return 130
    return 0


# --- what is there already -------------------------------------------------------------------------------------


def check_python() -> None:
    """Raises SetupError when this Python is too old for Arecibo."""
    if sys.version_info < OLDEST_PYTHON:  # noqa: UP036 (this file also runs on the Pythons that Arecibo refuses)
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise SetupError(
            f"{sys.executable} is Python {sys.version.split()[0]}, and Arecibo needs {oldest} or newer. "
            f"If a newer one is installed, name it: make PYTHON=python{oldest} …"
        )


def this_python() -> str:
    """What `.venv` and `.tools` were made for: they cannot outlive another Python, nor a move of this folder."""
    return digest(sys.version, os.path.realpath(sys.executable), str(ROOT))


def digest(*parts: str) -> str:
    """A short name for exactly these parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def read_stamp(folder: Path) -> list[str]:
    """What a finished set-up wrote into `folder`; empty when none finished."""
    try:
        return (folder / ".finished").read_text().split()
    except OSError:
        return []


def write_stamp(folder: Path, *words: str) -> None:
    """Says that `folder` is finished; all or nothing, also when the power fails in between."""
    unfinished = folder / ".finishing"
    unfinished.write_text(" ".join(words))
    unfinished.replace(folder / ".finished")


def stamp_of(level: str) -> list[str]:
    """The stamp of a `.venv` that holds all of `level` ("run" or "dev")."""
    return [level, this_python(), digest(LOCKS[level].read_text())]


def is_ready(level: str) -> bool:
    """Whether nothing is left to do: one small file tells."""
    stamp = read_stamp(VENV)
    return (VENV / "bin" / "python").exists() and stamp in (stamp_of(level), stamp_of("dev"))


def missing_libraries() -> list[str]:
    """The system libraries that the dynamic loader does not find here: Qt would stop with a riddle."""
    return [name for name in QT_LIBRARIES if not can_load(name)]


def can_load(library: str) -> bool:
    """Asks the dynamic loader itself, so that every distribution and every prefix counts."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether there is anything to write letters with."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(next(folder.rglob(kind), None) for folder in folders for kind in ("*.[ot]tf", "*.ttc"))


# --- the steps -------------------------------------------------------------------------------------------------


def prepare(level: str) -> None:
    """Makes `.venv` hold what `level` needs; does nothing when it does."""
    if is_ready(level) and not missing_libraries():
        return
    with only_one():
        if VENV.exists() and read_stamp(VENV)[:1] == ["dev"]:
            level = "dev"  # never take the tests' packages away from a developer who says `make run`
        started = time.monotonic()
        system_packages()
        tools()
        if not is_ready(level):
            packages(level)
        print(f"Ready in {time.monotonic() - started:.0f} s.", file=sys.stderr)


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Two `make` in two terminals take turns; a lock of the kernel cannot be left behind."""
    with Path(__file__).open() as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        yield


def system_packages() -> None:
    """Qt's system libraries, a font, and what makes `.tools`; with apt as root, else one line to run."""
    libraries = missing_libraries() if sys.platform == "linux" else []
    wanted = [QT_LIBRARIES[name] for name in libraries]
    lacking = list(libraries)
    if sys.platform == "linux" and not has_font():
        wanted.append(FONT_PACKAGE)
        lacking.append("any font")
    if not importlib.util.find_spec("ensurepip"):
        wanted.append("python{}.{}-venv".format(*sys.version_info))
        lacking.append("Python's ensurepip module")
    if not has_certificates():
        wanted.append("ca-certificates")
        lacking.append("the certificates of HTTPS")
    if not wanted:
        return
    if not shutil.which("apt-get"):
        raise SetupError(
            f"this system lacks {', '.join(lacking)}. Install the packages that hold them, then call make again."
        )
    if os.geteuid() != 0:
        command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(wanted)}"
        raise SetupError(f"system packages are missing; install them, then call make again:  sudo sh -c '{command}'")
    install = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *wanted]
    with step("system packages", f"{len(wanted)} with apt"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if run(install, env=quiet).returncode != 0:  # no package lists yet, or old ones
            run(["apt-get", "update"], env=quiet)
            must(install, env=quiet, meaning="apt could not install what Arecibo needs; is there a network?")


def has_certificates() -> bool:
    """Whether HTTPS can be checked here: by the system's store, or by one that the environment names."""
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())) or os.environ.get("PIP_CERT"))


def tools() -> None:
    """`.tools`: an environment of its own for uv, by pip and with the hash in tools.lock."""
    stamp = [this_python(), digest(TOOLS_LOCK.read_text())]
    if read_stamp(TOOLS) == stamp and UV.exists():
        return
    with step("tools", "uv, which installs the packages"):
        shutil.rmtree(TOOLS, ignore_errors=True)
        python = os.path.realpath(sys.executable)
        must([python, "-I", "-m", "venv", TOOLS], meaning="Python could not make an environment in .tools.")
        pip = [TOOLS / "bin" / "python", "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
        env = dict(os.environ)
        if "SSL_CERT_FILE" in env:
            env.setdefault("PIP_CERT", env["SSL_CERT_FILE"])
        options = ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "-r", TOOLS_LOCK]
        must([*pip, "install", *options], env=env, meaning=NO_DOWNLOAD)
        write_stamp(TOOLS, *stamp)


def packages(level: str) -> None:
    """`.venv`: exactly what the lock says, each file checked against its hash."""
    lock_file = LOCKS[level]
    stamp = read_stamp(VENV)
    env = uv_environment()
    with step("packages", f"exactly those in {lock_file.name}"):
        (VENV / ".finished").unlink(missing_ok=True)
        if stamp[1:2] != [this_python()] or not (VENV / "bin" / "python").exists():
            shutil.rmtree(VENV, ignore_errors=True)
            python = os.path.realpath(sys.executable)
            must([UV, "venv", "--quiet", "--python", python, VENV], env=env, meaning="uv could not make .venv.")
        sync = [UV, "pip", "sync", "--quiet", "--python", VENV, "--require-hashes", "--no-build", lock_file]
        must(sync, env=env, meaning=NO_DOWNLOAD)
        write_stamp(VENV, *stamp_of(level))


def lock(options: list[str]) -> None:
    """Chooses versions again from pyproject.toml; `requirements-dev.lock` holds the versions of the other and more."""
    tools()
    env = {**uv_environment(), "UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    compile_ = [UV, "pip", "compile", "--quiet", "--universal", "--python-version", ".".join(map(str, OLDEST_PYTHON))]
    compile_ += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-build", *options]
    for output, source in (
        (TOOLS_LOCK, ["setup/tools.in"]),
        (LOCKS["run"], ["pyproject.toml"]),
        (LOCKS["dev"], ["pyproject.toml", "--extra", "dev", "--constraint", LOCKS["run"].name]),
    ):
        with step(output.name, "versions and hashes"):
            must([*compile_, *source, "-o", output.relative_to(ROOT)], env=env, meaning="No versions fit together.")


# --- talking to pip, uv and apt --------------------------------------------------------------------------------

NO_DOWNLOAD = (
    "A package could not be fetched, or is not the one that was locked. Is there a network? "
    "A mirror, proxy or certificate set for pip (PIP_INDEX_URL, PIP_CERT, pip config) is used here, too."
)


def uv_environment() -> dict[str, str]:
    """The environment for uv: what pip was told, never a Python of its own; what uv itself was told comes first."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    for name in ("VIRTUAL_ENV", "UV_SYSTEM_PYTHON"):
        env.pop(name, None)
    if "UV_INDEX_URL" in env:  # the older name
        env.setdefault("UV_DEFAULT_INDEX", env.pop("UV_INDEX_URL"))
    for name, value in pip_configuration().items():
        if name in FROM_PIP_TO_UV:
            env.setdefault(FROM_PIP_TO_UV[name], " ".join(value.split()))
    if ssl.get_default_verify_paths().cafile:
        env.setdefault("UV_SYSTEM_CERTS", "true")  # a company's own certificate lies in the system's store
    env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # as pip does; safe here, for every file has its hash
    return env


def pip_configuration() -> dict[str, str]:
    """pip's settings from its files and the environment, later ones first in rank: global, install, environment."""
    listed = run([TOOLS / "bin" / "python", "-I", "-m", "pip", "config", "list"]).stdout
    settings: dict[str, str] = {}
    for section in ("global.", "install.", ":env:."):
        for line in listed.splitlines():
            key, _, value = line.partition("=")
            if key.startswith(section):
                settings[key[len(section) :]] = str(ast.literal_eval(value))
    return settings


@contextlib.contextmanager
def step(title: str, detail: str) -> Iterator[None]:
    """One line for one step: its name before, its seconds after."""
    started = time.monotonic()
    print(f"  {title}: {detail} … ", end="", file=sys.stderr, flush=True)
    done = False
    try:
        yield
        done = True
    finally:
        print(f"{time.monotonic() - started:.0f} s" if done else "failed", file=sys.stderr, flush=True)


def run(command: Sequence[str | Path], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command at the root of this folder; its output is kept for the day it fails."""
    return subprocess.run(
        list(map(str, command)), cwd=ROOT, env=env, text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def must(command: Sequence[str | Path], meaning: str, env: dict[str, str] | None = None) -> None:
    """Runs a command; raises SetupError with its last words and what they mean when it fails."""
    finished = run(command, env)
    if finished.returncode != 0:
        last_words = "\n".join(f"    {line}" for line in finished.stdout.strip().splitlines()[-12:])
        raise SetupError(f"{meaning}\n{last_words}\n  After that, the same `make` goes on from here.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
