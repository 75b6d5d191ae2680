"""Trying a set-up: the real server, and programs that are none."""

import sys
import threading
from pathlib import Path

import pytest

from app.assistants import set_ups, table
from app.assistants.trial import Attempt


def test_the_real_server_lists_its_tools(tmp_path: Path) -> None:
    trial = Attempt(set_ups.command(tmp_path)).run()
    assert trial.worked
    assert trial.message == f"It works: the server has {len(trial.tools)} tools."
    assert trial.tools == tuple(table.tools(read_only=False))
    reading = Attempt(set_ups.command(tmp_path, read_only=True)).run()
    assert reading.tools == tuple(table.tools(read_only=True))


ODD_LIST = """
for result in ("{}", "3"):
    number = __import__("json").loads(input())["id"]
    print('{"id": %d, "result": %s}' % (number, result), flush=True)
    if number == 1:
        input()
"""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import sys; sys.exit('no such option \\x1b[31m')", "did not answer: no such option"),
        ("print('hello')", "did not answer"),
        ("print('[1, 2]')", "did not answer"),
        ('input(); print(\'{"id": 1, "error": {}}\')', "did not answer"),
        (ODD_LIST, "did not answer"),
    ],
)  # fmt: skip
def test_what_is_no_server_is_told(code: str, says: str) -> None:
    trial = Attempt([sys.executable, "-c", code]).run()
    assert not trial.worked
    assert says in trial.message
    assert "\x1b" not in trial.message


def test_what_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    trial = Attempt([str(tmp_path / "nothing")]).run()
    assert trial.message.startswith("It cannot be started: ")


def test_what_hangs_is_ended_in_time() -> None:
    trial = Attempt([sys.executable, "-c", "import time; time.sleep(600)"], seconds=0.2).run()
    assert "did not answer in time" in trial.message


def test_it_ends_when_it_is_given_up() -> None:
    attempt = Attempt([sys.executable, "-c", "import time; time.sleep(600)"])
    timer = threading.Timer(0.2, attempt.cancel)
    timer.start()
    assert not attempt.run().worked
    timer.join()
    assert not attempt.run().worked
