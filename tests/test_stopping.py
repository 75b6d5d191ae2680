"""Stopping by signals, however close they come."""

import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 300
WAITS = f"""
from app import stopping
stop = stopping.on_signals()
print("waiting", flush=True)
for _signal in range({2 * ROUNDS}):
    stop.wait()
    print("told", flush=True)
"""


def test_two_signals_at_once_are_both_told_and_hold_each_other_up_never() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITS], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        for _round in range(ROUNDS):
            process.send_signal(signal.SIGINT)
            process.send_signal(signal.SIGTERM)
            assert [process.stdout.readline() for _signal in range(2)] == ["told\n"] * 2
    assert process.returncode == 0
