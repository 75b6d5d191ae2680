"""Work can be seen; a process that is gone is no error."""

import os
import subprocess
import sys
import time

import pytest

from app.jobs.cpu_time import cpu_seconds


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_work_is_seen() -> None:
    before = cpu_seconds(os.getpid())
    assert before is not None
    while time.process_time() < before + 0.1:
        pass
    after = cpu_seconds(os.getpid())
    assert after is not None
    assert after > before


def test_a_process_that_is_gone_has_no_time() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert cpu_seconds(gone.pid) is None


def test_elsewhere_than_on_linux_it_is_measured_as_well() -> None:
    for platform in ("linux", "darwin", "win32"):
        used = cpu_seconds(os.getpid(), platform)
        assert used is not None
        assert used > 0
