"""The job object of Windows: the structures are as its headers have them."""

import ctypes
import subprocess
import sys

import psutil
import pytest

from app.platforms import windows_job
from app.platforms.windows_job import ExtendedLimits

HAS_CHILD = """
import subprocess, sys
from app.platforms import windows_job
windows_job.end_children_with_this_process()
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
print(child.pid, flush=True)
input()
"""


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the sizes of 64 bits")
def test_the_structures_have_the_sizes_of_winnt_h() -> None:
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ExtendedLimits.BasicLimitInformation.size == 64
    assert ExtendedLimits.IoInfo.offset == 64
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112
    assert windows_job.limits().BasicLimitInformation.LimitFlags == 0x2000


@pytest.mark.skipif(sys.platform != "win32", reason="job objects are Windows'")
def test_a_child_ends_with_a_killed_parent() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HAS_CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        child.wait(20)
