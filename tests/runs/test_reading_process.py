"""A process beside this one, which hears what is printed and answers."""

import os
import subprocess
import sys

from tests.end2end.engine_process import ROOT

BEGINNING = """
import os, signal, sys, time
from app.runs.feed import CommandEnded, Piece
from app.runs.reading_process import ReadingFailed, ReadingProcess
"""


def run(code: str) -> str:
    """What a program prints that makes such a process: a fork of this one would have its threads' locks."""
    done = subprocess.run(
        [sys.executable, "-c", BEGINNING + code],
        capture_output=True,
        text=True,
        timeout=30,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


def test_it_hears_what_is_printed_and_answers() -> None:
    code = """
def work(reader):
    reader.say({"ready": os.getsid(0) == os.getpid()})
    print("this goes nowhere", flush=True)
    text = ""
    for frame in reader.frames():
        if isinstance(frame, Piece): text += frame.data.decode()
        if isinstance(frame, CommandEnded): break
    reader.say({"text": text, "code": frame.code})
process = ReadingProcess(work)
print(process.answer())
for word in ("a", "b", "c"): process.feed.take(word.encode(), "stdout", 1.0)
process.feed.end(3, 10.0)
print(process.answer())
process.close()
"""
    assert run(code) == "{'ready': True}\n{'text': 'abc', 'code': 3}\n"


def test_a_mistake_of_ours_in_it_is_told() -> None:
    code = """
process = ReadingProcess(lambda reader: 1 / 0)
try: process.answer()
except ReadingFailed as error: print("ZeroDivisionError" in str(error))
process.close()
"""
    assert run(code) == "True\n"


def test_its_sudden_end_is_told() -> None:
    code = """
process = ReadingProcess(lambda reader: os._exit(1))
process.feed.take(b"x" * 1_000_000, "stdout", 1.0)
try: process.answer()
except ReadingFailed as error: print(error)
process.close()
"""
    assert run(code) == "The process that reads what is printed has ended unexpectedly.\n"


def test_it_goes_on_after_ctrl_c_and_ends_with_us() -> None:
    code = """
def work(reader):
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGTERM)
    reader.say({"still": "here"})
    frames = [frame for frame in reader.frames() if frame is not None]
process = ReadingProcess(work)
print(process.answer())
process.close()
"""
    assert run(code) == "{'still': 'here'}\n"
