"""A test that kills its worker ends `make test`, with its name and a stack trace: the run never hangs."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import conftest
from tests.dead_workers import DeadWorkersScheduling

ROOT = Path(__file__).parents[1]
SCHEDULING = conftest.pytest_xdist_make_scheduler.__module__
FINE = "def test_before(): pass\ndef test_after(): pass\n"
ABORTS = "import os\ndef test_before(): pass\ndef test_ends_here(): os.abort()\ndef test_after(): pass\n"
EXITS = ABORTS.replace("os.abort()", "os._exit(3)")
# One expression that never releases the GIL: no other thread of Python runs any more.
HOLDS = """\
import re
def test_before(): pass
def test_ends_here(): re.match("(a|a)*b", "a" * 64)
def test_after(): pass
"""


def command() -> list[str]:
    """The arguments with which `make test` runs Python."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    printed = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "test", "ARGS=-n 2"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    words = shlex.split(printed.stdout.splitlines()[-1])
    return words[words.index("-m") :]


def run_tests(folder: Path, crashing: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run tests in `folder`, one of which crashes, with this repository's options."""
    for name in ("first", "second", "third"):
        (folder / f"test_{name}.py").write_text(FINE, "utf-8")
    (folder / "test_crash.py").write_text(crashing, "utf-8")
    # As tests/conftest.py has it, without what that loads: three processes a run would load the store.
    (folder / "conftest.py").write_text(f"from {SCHEDULING} import pytest_xdist_make_scheduler\n", "utf-8")
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, *command(), *settings, *arguments, str(folder)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("crashing", [ABORTS, EXITS], ids=["abort", "exit"])
def test_a_crash_ends_the_run_and_is_named(tmp_path: Path, crashing: str) -> None:
    done = run_tests(tmp_path, crashing)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "FAILED test_crash.py::test_ends_here" in done.stdout
    assert ('test_crash.py", line 3 in test_ends_here' in done.stderr) == (crashing == ABORTS)


def test_assigning_tests_to_a_dead_worker_does_not_raise(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dead:
        shutting_down = False

        def send_runtest_some(self, indices: list[int]) -> None:
            raise OSError("cannot send (already closed?)")

        def shutdown(self) -> None:
            pass

    node: Any = Dead()
    monkeypatch.setattr(pytestconfig.option, "tx", ["popen"])
    scheduling = DeadWorkersScheduling(pytestconfig)
    scheduling.add_node(node)
    scheduling.add_node_collection(node, ["test_crash.py::test_ends_here", "test_fine.py::test_after"])
    scheduling.schedule()
    assert scheduling.remove_node(node) == "test_crash.py::test_ends_here"


def test_a_hang_ends_the_run_and_shows_where(tmp_path: Path) -> None:
    done = run_tests(tmp_path, HOLDS, "-o", "faulthandler_timeout=1")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "FAILED test_crash.py::test_ends_here" in done.stdout
    assert 'test_crash.py", line 3 in test_ends_here' in done.stderr
