"""Prepares this folder: system libraries, the tool that installs, and `.venv` exactly as locked.

`make` calls this before everything else; when nothing changed it returns at once. It needs only Python, and
works without `make`, as on Windows: docs/contributing.md has the commands.

    prepare.py run     what the program needs
    prepare.py dev     that, and what tests and checks need
    prepare.py lock    choose the versions in the locks again (--upgrade: the newest that fit)
    prepare.py missing name the Debian packages that are missing, and do nothing

The order: on Linux, apt brings what Qt loads from the system; `.tools` gets uv, pinned by tools.lock; uv
fills `.venv` from requirements*.lock. A stamp, written last, says "finished, for this Python and this lock".
It is taken away before anything changes, so a set-up that was interrupted is seen and made again. What Python
would compile at the first start, which then takes two to four times as long, is compiled here.
"""

from __future__ import annotations

import ast
import contextlib
import ctypes
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
TOOLS_LOCK = ROOT / "setup" / "tools.lock"
# Where an environment has its programs, and what those end with.
SCRIPTS, EXE = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
UV = TOOLS / SCRIPTS / f"uv{EXE}"
# What Python compiles of our own, and the file whose time says how new the compiled code is.
CODE = ("main.py", "app", "ui")
COMPILED = VENV / ".compiled"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}

LOCK_SECONDS = 0.2
LOCKED_BYTE = 1 << 30

PYTHON = os.path.realpath(sys.executable)  # the real one, also when an environment is active
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
# Programs that tests call, and the Debian package of each.
TEST_PROGRAMS = {"curl": "curl", "vim": "vim"}

# uv does not read pip's configuration: what a person told pip about mirrors and proxies is passed on.
FROM_PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "proxy": "ALL_PROXY",
    "client-cert": "SSL_CLIENT_CERT",
}

NO_DOWNLOAD = (
    "Check the network. A mirror, a proxy or a certificate is taken from pip's settings (PIP_INDEX_URL, "
    "PIP_PROXY, PIP_CERT or pip.conf). If a hash differs, do not trust that mirror."
)


class SetupError(Exception):
    """What happened, what it means and what to do next, in words for people."""


def main(arguments: list[str]) -> int:
    """Prepares what `arguments` ask for; returns the exit code."""
    try:
        check_python()
        if arguments[:1] == ["lock"]:
            lock(upgrade="--upgrade" in arguments)
        elif arguments == ["missing"]:
            print("\n".join(missing_packages("dev").values()))
        else:
            prepare("run" if arguments == ["run"] else "dev")
    except SetupError as error:
        print(f"Arecibo set-up: {error}", file=sys.stderr)
    except OSError as error:
        print(
            f"Arecibo set-up: {error}. Is there room on the disk, and does {ROOT} belong to you? "
            f"`make clean` takes away what another user may have left here.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("Arecibo set-up: interrupted. The next `make` takes it up again.", file=sys.stderr)
        return 130
    else:
        return 0
    return 1


# --- What is there already ------------------------------------------------------------------------


def check_python() -> None:
    """Raises SetupError when this Python is too old; so this file keeps to what older ones understand."""
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise SetupError(
            f"{sys.executable} is Python {sys.version.split()[0]}, and Arecibo needs {oldest} or newer. "
            f"Install one, or start this with one that you have: {with_python(oldest)}"
        )


def with_python(version: str, platform: str = sys.platform) -> str:
    """The command by which a person names the Python of this version."""
    return (
        f"py -{version} setup\\prepare.py run" if platform == "win32" else f"make PYTHON=python{version} ..."
    )


def is_ready(level: str) -> bool:
    """Whether there is nothing left to do: the stamp tells, and the loader."""
    finished = read_stamp(VENV) in (venv_stamp(level), venv_stamp("dev"))
    lacks = missing_libraries() or missing_programs(level)
    return finished and program_in(VENV, "python").exists() and not lacks


def program_in(environment: Path, name: str) -> Path:
    """A program of an environment: `bin/python`, or `Scripts/python.exe` on Windows."""
    return environment / SCRIPTS / f"{name}{EXE}"


def venv_stamp(level: str) -> list[str]:
    """The stamp of a `.venv` that holds all of `level`."""
    return [level, this_python(), fingerprint(LOCKS[level].read_text("utf-8"))]


def this_python() -> str:
    """What environments are made for: they outlive neither another Python nor a move of this folder."""
    return fingerprint(sys.version, PYTHON, str(ROOT))


def fingerprint(*parts: str) -> str:
    """A short name for exactly these parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def read_stamp(folder: Path) -> list[str]:
    """What a finished set-up wrote into `folder`; empty when none finished."""
    try:
        return (folder / ".finished").read_text("utf-8").split()
    except OSError:
        return []


def write_stamp(folder: Path, stamp: list[str]) -> None:
    """Says that `folder` is finished: all of it or nothing."""
    unfinished = folder / ".finishing"
    unfinished.write_text(" ".join(stamp), "utf-8")
    unfinished.replace(folder / ".finished")


def missing_libraries() -> list[str]:
    """The libraries that the dynamic loader does not find; without them Qt would fail with a riddle."""
    return [name for name in QT_LIBRARIES if not can_load(name)] if sys.platform == "linux" else []


def missing_programs(level: str) -> list[str]:
    """The programs that `level` calls and nobody finds on the path."""
    is_asked = level == "dev" and sys.platform == "linux"
    return [name for name in TEST_PROGRAMS if shutil.which(name) is None] if is_asked else []


def can_load(library: str) -> bool:
    """Asks the loader itself rather than a package manager, so that every distribution counts."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether there is anything to draw letters with."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(next(folder.rglob(kind), None) for folder in folders for kind in ("*.[ot]tf", "*.ttc"))


# --- The steps ------------------------------------------------------------------------------------


def prepare(level: str) -> None:
    """Makes `.venv` hold what `level` needs, and compiles our own code where it is newer than before."""
    if not is_ready(level):
        make_ready(level)
    if is_code_newer():
        compile_code()


def make_ready(level: str) -> None:
    """Installs what `level` needs."""
    with one_at_a_time():
        if is_ready(level):  # by the one we waited for
            return
        started = time.monotonic()
        lacking = missing_from_the_system(level)
        say("Setting Arecibo up. The first time takes a minute or two.\n")
        install_with_apt(lacking)
        install_tools()
        if not is_ready(level):
            install_packages(level)
        say(f"Ready after {time.monotonic() - started:.0f} s.\n")


def missing_packages(level: str) -> dict[str, str]:
    """What is missing, each with the Debian package that holds it."""
    missing = {name: QT_LIBRARIES[name] for name in missing_libraries()}
    missing |= {name: TEST_PROGRAMS[name] for name in missing_programs(level)}
    if sys.platform == "linux" and not has_font():
        missing["a font"] = FONT_PACKAGE
    if importlib.util.find_spec("ensurepip") is None:
        missing["Python's ensurepip"] = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return missing


def missing_from_the_system(level: str) -> list[str]:
    """The Debian packages that are missing; raises SetupError with what to run when it is not ours to do."""
    missing = missing_packages(level)
    packages = list(missing.values())
    if packages and sys.platform != "linux":
        raise SetupError(
            f"this Python lacks {', '.join(missing)}. Install Python from its own installer, and run the "
            "same command again with that one."
        )
    if packages and shutil.which("apt-get") is None:
        raise SetupError(f"please install what holds {', '.join(missing)}; then run the same make again.")
    if packages and not is_root():
        raise SetupError(
            "system packages are missing. Run this, then the same make again:  "
            f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(packages)}"
        )
    return packages


def is_root() -> bool:
    """Whether this process may install system packages."""
    return sys.platform != "win32" and os.geteuid() == 0


def install_with_apt(packages: list[str]) -> None:
    """Qt's libraries, a font, what makes environments, and what tests call."""
    if not packages:
        return
    options = "--yes --no-install-recommends -o DPkg::Lock::Timeout=120".split()
    install = ["apt-get", "install", *options, *packages]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"{len(packages)} system packages, with apt"):
        if call(install, env).returncode != 0:
            call(["dpkg", "--configure", "-a"], env)  # an earlier apt may have been interrupted
            call(["apt-get", "update"], env)  # no lists of packages yet, or old ones
            must(install, env, "Check the network, and whether `apt-get update` succeeds.")


def install_tools() -> None:
    """`.tools`: an environment apart for uv, which pip installs by the hash in tools.lock."""
    stamp = [this_python(), fingerprint(TOOLS_LOCK.read_text("utf-8"))]
    if read_stamp(TOOLS) == stamp:
        return
    with step("the installer, uv, into .tools"):
        remove(TOOLS)
        make_venv = [PYTHON, "-I", "-m", "venv", TOOLS]
        must(make_venv, dict(os.environ), "Check that this Python can make environments.")
        options = "--quiet --no-deps --only-binary=:all: --require-hashes".split()
        must([*pip(), "install", *options, "-r", TOOLS_LOCK], network_environment(), NO_DOWNLOAD)
        write_stamp(TOOLS, stamp)


def install_packages(level: str) -> None:
    """`.venv`: exactly what the lock says, every file checked against its hash."""
    level_before, python_before = (*read_stamp(VENV), "", "")[:2]
    if level_before == "dev":
        level = "dev"  # `make run` does not take the tests' packages away
    env = network_environment()
    with step(f"packages, as {LOCKS[level].name} says, into .venv"):
        (VENV / ".finished").unlink(missing_ok=True)
        if python_before != this_python():
            remove(VENV)
            must([UV, "venv", "--quiet", "--python", PYTHON, VENV], env, "Check that this Python works.")
        options = "--quiet --require-hashes --no-build --compile-bytecode".split()
        must([UV, "pip", "sync", *options, "--python", VENV, LOCKS[level]], env, NO_DOWNLOAD)
        write_stamp(VENV, venv_stamp(level))


def is_code_newer() -> bool:
    """Whether any of our modules was written since they were compiled."""
    try:
        compiled = COMPILED.stat().st_mtime
    except FileNotFoundError:
        return True
    modules = [ROOT / "main.py", *(ROOT / "app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    return any(module.stat().st_mtime > compiled for module in modules)


def compile_code() -> None:
    """Compiles our own modules. A folder that cannot be written only starts as slowly as before."""
    command = [program_in(VENV, "python"), "-m", "compileall", "-q", "-j", "0", *CODE]
    if call(command, dict(os.environ)).returncode == 0:
        COMPILED.touch()


def lock(*, upgrade: bool) -> None:
    """Chooses versions for pyproject.toml and tools.in; keeps those that still fit, unless `upgrade`."""
    with one_at_a_time():
        install_with_apt(missing_from_the_system("run"))
        install_tools()
        env = network_environment()
        for name in ("UV_INDEX", "UV_FIND_LINKS"):
            env.pop(name, None)  # what only this machine has may lack files that others need
        options = "--quiet --universal --generate-hashes --no-build --no-emit-index-url".split()
        options += ["--python-version", "{}.{}".format(*OLDEST_PYTHON)]
        options += ["--custom-compile-command", "make lock"]
        options += ["--upgrade"] if upgrade else []
        sources = {
            TOOLS_LOCK: ["setup/tools.in"],
            LOCKS["run"]: ["pyproject.toml"],
            LOCKS["dev"]: ["pyproject.toml", "--extra", "dev", "--constraint", LOCKS["run"].name],
        }
        for output, source in sources.items():
            with step(output.name):
                compile_lock = [UV, "pip", "compile", *options, *source, "-o", output]
                must(compile_lock, env, "Check the network, and that the versions asked for fit.")


# --- Talking to people, pip, uv and apt -----------------------------------------------------------


def network_environment() -> dict[str, str]:
    """What pip and uv are told alike; what a person told uv itself comes first."""
    env = {**os.environ, "PIP_USER": "0", "UV_PYTHON_DOWNLOADS": "never"}
    settings = pip_settings()
    for pip_name, uv_name in FROM_PIP_TO_UV.items():
        if pip_name in settings:
            env.setdefault(uv_name, " ".join(settings[pip_name].split()))
    if "UV_INDEX_URL" in os.environ:  # the name of old, which uv would rank behind
        env["UV_DEFAULT_INDEX"] = os.environ["UV_INDEX_URL"]
    # pip looks a package up in all its indexes; that is safe here, where every file is known by its hash
    env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    # a company's own certificate is in the system's store, where neither looks by itself
    system = ssl.get_default_verify_paths().cafile
    certificates = settings.get("cert") or env.get("SSL_CERT_FILE") or env.get("REQUESTS_CA_BUNDLE") or system
    if certificates:
        env.setdefault("PIP_CERT", certificates)
        env.setdefault("SSL_CERT_FILE", certificates)
    return env


def pip_settings() -> dict[str, str]:
    """What pip reads from its files and from the environment; the more special setting wins, as in pip."""
    lines = call([*pip(), "config", "list"], dict(os.environ)).stdout.splitlines()
    settings: dict[str, str] = {}
    for section in ("global.", "install.", ":env:."):
        for line in lines:
            name, _, value = line.partition("=")
            if name.startswith(section):
                settings[name[len(section) :]] = str(ast.literal_eval(value))
    return settings


def pip() -> list[str | Path]:
    """The pip of `.tools`, whatever a person's own environment says."""
    return [program_in(TOOLS, "python"), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]


def must(command: Sequence[object], env: dict[str, str], advice: str) -> None:
    """Runs `command`; when it fails, raises SetupError with its last words and `advice`."""
    finished = call(command, env)
    if finished.returncode != 0:
        name = " ".join([Path(str(word)).name for word in command if not str(word).startswith("-")][:3])
        last_words = "\n".join(f"    {line[:400]}" for line in finished.stdout.strip().splitlines()[-6:])
        raise SetupError(
            f"`{name} ...` failed:\n{last_words}\n{advice} The same make then goes on from here."
        )


def call(command: Sequence[object], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs `command` in the root folder, quietly: its words are kept for when it fails."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=env,
        check=False,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two `make` in two terminals take turns; the system frees its lock whatever happens to us."""
    with Path(__file__).open("rb") as held:
        if not take_lock(held.fileno()):
            say("Another make is setting up; waiting for it.\n")
            while not take_lock(held.fileno()):
                time.sleep(LOCK_SECONDS)
        yield


if sys.platform == "win32":
    import msvcrt

    def take_lock(file: int) -> bool:
        """Lock the open file, until it is closed; False when another process has it."""
        try:
            # A byte far behind the end: what is locked on Windows, others cannot read.
            os.lseek(file, LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def take_lock(file: int) -> bool:
        """Lock the open file, until it is closed; False when another process has it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """One line for one step: its name before, how long it took after."""
    started = time.monotonic()
    say(f"  {title} ... ")
    outcome = "not finished"
    try:
        yield
        outcome = f"{time.monotonic() - started:.0f} s"
    finally:
        say(f"{outcome}\n")


def say(text: str) -> None:
    """Progress goes to stderr: stdout belongs to the program that make starts."""
    print(text, end="", file=sys.stderr, flush=True)


def remove(folder: Path) -> None:
    """Removes a folder of ours and all that is in it."""
    if folder.exists():
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
