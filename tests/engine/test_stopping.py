"""Stopping by signals, however close they come."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
ROUNDS = 300
WAITS = f"""
from app.engine import stopping
stop = stopping.on_signals()
print("waiting", flush=True)
for _signal in range({2 * ROUNDS}):
    # As the engine does: a signal that comes just before a thread falls asleep does not wake it.
    while not stop.wait(0.5):
        pass
    print("told", flush=True)
"""
HANGS = """
import multiprocessing, threading, time
from app.engine import stopping

stopping.CHILDREN_SECONDS, stopping.LAST_SECONDS = 0.5, 2.0

def sleep():
    time.sleep(600)

if __name__ == "__main__":
    stop = stopping.on_signals(stopping.end_at_last)
    child = multiprocessing.get_context("spawn").Process(target=sleep)
    child.start()
    print(child.pid, flush=True)
    stop.wait()
    stopping.end_children_in_time()
    child.join()
    print("the child was ended", flush=True)
    held = threading.Lock()
    held.acquire()
    held.acquire()
"""


def test_what_hangs_is_killed_first_the_children_and_then_all_of_it(tmp_path: Path) -> None:
    script = tmp_path / "hangs.py"
    script.write_text(HANGS, "utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        child = psutil.Process(int(process.stdout.readline()))
        process.send_signal(signal.SIGTERM)
        said, errors = process.communicate(timeout=60)
    assert said == "the child was ended\n"
    assert not child.is_running()
    assert process.returncode == 1
    # Where it hung is said, to be mended.
    assert "hangs.py" in errors


def test_two_signals_at_once_both_arrive_and_do_not_block_each_other() -> None:
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
