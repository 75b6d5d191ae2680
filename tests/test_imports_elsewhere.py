"""Every module can be imported where the modules of another system are missing, as on Windows and macOS.

A process of its own loads all of them, takes ours away again, and loads them as that system would: with its
name, with its own modules as empty ones, and without those that it lacks. What a module then does there is
tested beside it.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What CPython's documentation says is available on Unix only, and the wheels that pyproject.toml leaves out.
NOT_ON_WINDOWS = "fcntl grp posix pty pwd resource syslog termios tty curses readline symbolic uvloop"
ONLY_ON_WINDOWS = "winreg msvcrt _winapi"
# Not loaded where they cannot be.
NO_MODULES_OF_WINDOWS = "app.runs.reading_process app.runs.relay app.runs.session app.runs.terminal"
PROBE = """
import importlib, multiprocessing.connection, pkgutil, sys, types

platform, refused, there, left_out = sys.argv[1], *(set(words.split()) for words in sys.argv[2:])

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"No module named {name!r} on that system", name=name)
        return None

def ours():
    import app, ui
    for package in (app, ui):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".migrations" not in found.name:
                yield found.name

for name in ours():
    importlib.import_module(name)
names = [name for name in ours() if name not in left_out]
for name in list(sys.modules):
    if name.partition(".")[0] in {"app", "ui", *refused}:
        del sys.modules[name]
for name in there:
    # Whatever is asked of it as it is imported is a number.
    sys.modules[name] = module = types.ModuleType(name)
    module.__getattr__ = lambda name: 0
if platform == "win32":
    multiprocessing.connection.PipeConnection = multiprocessing.connection.Connection
sys.meta_path.insert(0, Refuse())
sys.platform = platform
failed = []
for name in names:
    try:
        importlib.import_module(name)
    except Exception as error:
        failed.append(f"{name}: {type(error).__name__}: {error}")
print(len(names))
sys.exit("\\n".join(failed) or None)
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("platform", "lacking", "having", "left_out"),
    [
        ("win32", NOT_ON_WINDOWS, ONLY_ON_WINDOWS, NO_MODULES_OF_WINDOWS),
        ("darwin", "spwd", "", ""),
    ],
)
def test_every_module_is_imported_without_what_that_system_lacks(
    platform: str, lacking: str, having: str, left_out: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, platform, lacking, having, left_out],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 800
