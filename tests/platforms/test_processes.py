"""Starting, slowing and ending processes."""

import os
import subprocess
import sys

import psutil
import pytest

from app.platforms import processes

WITH_CHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
print(child.pid, flush=True)
input()
"""


def start() -> "tuple[subprocess.Popen[bytes], psutil.Process]":
    process = subprocess.Popen(
        [sys.executable, "-c", WITH_CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    return process, psutil.Process(int(process.stdout.readline()))


@pytest.mark.parametrize("has_groups", [hasattr(os, "killpg"), False])
def test_a_process_is_killed_with_what_it_has_started(has_groups: bool) -> None:
    process, child = start()
    with process:
        processes.kill_group(process, has_groups=has_groups)
        assert process.wait(20)
        psutil.wait_procs([child], timeout=20)
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
        processes.kill_group(process, has_groups=has_groups)


def test_flags_are_for_windows_only() -> None:
    assert processes.without_window("linux") == processes.detached(platform="darwin") == 0
    assert processes.without_window("win32") == 0x08000000
    assert processes.detached(platform="win32") == 0x08000200
    assert processes.detached(console=True, platform="win32") == 0x10, "a console of its own, and no other"


def test_flags_are_as_python_names_them() -> None:
    for name in ("CREATE_NEW_CONSOLE", "CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW"):
        assert getattr(subprocess, name, getattr(processes, name)) == getattr(processes, name)


def test_a_process_lets_others_go_before_it() -> None:
    code = (
        "import psutil; from app.platforms import processes\n"
        "before = psutil.Process().nice(); processes.lower_priority(10)\n"
        "print(psutil.Process().nice() != before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
