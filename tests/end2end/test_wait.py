"""A script waits for an error that a real engine takes in."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT, EngineProcess, run
from tests.end2end.test_command_line import send


@contextmanager
def waiting(engine: EngineProcess, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """`main.py wait`, from when it waits."""
    command = [sys.executable, str(ROOT / "main.py"), "wait", *arguments, "--data-dir", str(engine.data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("waiting for an error at http://127.0.0.1:")
        try:
            yield process
        finally:
            process.kill()


def test_wait_returns_with_the_next_error_that_is_meant(engine: EngineProcess) -> None:
    send(engine, "0", "known")
    engine.wait_digested(1)
    arguments = ("--project", "shop", "--new", "--timeout", "60", "--json")
    with waiting(engine, *arguments) as process:
        send(engine, "1", "known")
        send(engine, "2", "elsewhere", key="other")
        wanted = send(engine, "3", "broken")
        printed, errors = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, errors) == (0, "")
    event = json.loads(printed)
    assert (event["event_id"], event["project"]) == (wanted, "shop")
    markdown = run("issue", str(event["issue_id"]), "--markdown", data_dir=engine.data_dir).stdout
    assert "broken" in markdown


def test_wait_fails_when_nothing_came_in_time(engine: EngineProcess) -> None:
    ended = run("wait", "--timeout", "0.1", data_dir=engine.data_dir, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "No error came within 0.1 seconds" in ended.stderr
