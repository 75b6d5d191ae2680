"""`main.py run`: any command, its crashes as events, and nothing else changed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli.exit_codes import ENVIRONMENT_ERROR
from app.engine import folder_lock, handover
from app.model import Event
from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT, EngineProcess, wait_until
from tests.runs import filed_events
from tests.runs.terminal_session import TerminalSession

MAIN = [sys.executable, str(ROOT / "main.py")]
CRASHES = """
import sys
print("up", flush=True)
def pay(card):
    raise ValueError("no card")
pay(7)
"""

COUNTS = """
import sys, time, traceback
for n in range({}):
    try: raise ValueError(f"number {{n}}")
    except ValueError: traceback.print_exc()
    time.sleep(0.05)
"""


def run_command(folder: Path, project: str, *command: str) -> list[str]:
    return [*MAIN, "--data-dir", str(folder), "run", "--project", project, "--", *command]


def run(
    folder: Path, project: str, *command: str, given: str = "", cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        run_command(folder, project, *command),
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        cwd=cwd,
        env=os.environ | {"ARECIBO_PORT": "0"} | environment,
        check=False,
    )


def only_event(folder: Path, project: str) -> Event:
    (event,) = filed_events.of(folder, project)
    return event


def test_a_crash_is_an_event_and_everything_else_is_as_without(shared_engine: EngineProcess) -> None:
    plain = subprocess.run([sys.executable, "-c", CRASHES], capture_output=True, text=True, check=False)
    ended = run(shared_engine.data_dir, "crash", sys.executable, "-c", CRASHES)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, plain.stdout, plain.stderr)
    event = only_event(shared_engine.data_dir, "crash")
    (exception,) = event.exceptions
    assert (exception.type, exception.value) == ("ValueError", "no card")
    assert exception.frames[-1].function == "pay"
    assert [crumb.message for crumb in event.breadcrumbs] == ["up"]


@pytest.mark.long
def test_flags_behind_the_dashes_are_the_commands(shared_engine: EngineProcess) -> None:
    flags = ["--data-dir", "/nowhere", "--query", "--", "--port", "x", "arecibo://issue/7"]
    ended = run(
        shared_engine.data_dir, "flags", sys.executable, "-c", "import sys; print(sys.argv[1:])", *flags
    )
    assert ended.stdout == f"{flags}\n"
    without_dashes = [
        *MAIN,
        "run",
        "--data-dir",
        str(shared_engine.data_dir),
        "echo",
        "--query",
        "-x",
        "--",
        "y",
    ]
    done = subprocess.run(without_dashes, capture_output=True, text=True, check=True)
    assert done.stdout == "--query -x -- y\n"


@pytest.mark.long
def test_the_first_error_is_there_at_once(shared_engine: EngineProcess) -> None:
    code = COUNTS.format(1) + "time.sleep(1000)"
    command = run_command(shared_engine.data_dir, "soon", sys.executable, "-c", code)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        process.stderr.readline()
        begun = time.monotonic()
        wait_until(lambda: len(filed_events.of(shared_engine.data_dir, "soon")) == 1, "the error")
        assert time.monotonic() - begun < 5.0
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 128 + signal.SIGTERM
    assert len(filed_events.of(shared_engine.data_dir, "soon")) == 1, "an end that was wanted is no error"


@pytest.mark.long
def test_the_same_error_twice_and_two_in_one_burst_are_each_an_event(shared_engine: EngineProcess) -> None:
    code = """
import sys, traceback
for value in ("one", "one", "two"):
    try: raise ValueError(value)
    except ValueError: traceback.print_exc()
"""
    run(shared_engine.data_dir, "burst", sys.executable, "-c", code)
    found = filed_events.of(shared_engine.data_dir, "burst")
    assert [event.exceptions[0].value for event in found] == ["one", "one", "two"]


@pytest.mark.long
def test_a_failure_without_a_trace_is_told_by_its_last_lines(shared_engine: EngineProcess) -> None:
    assert (
        run(shared_engine.data_dir, "make", "sh", "-c", "echo compiling; echo 'no rule'; exit 2").returncode
        == 2
    )
    event = only_event(shared_engine.data_dir, "make")
    assert (event.message or "").endswith("exited with 2: no rule")
    assert event.contexts["run"]["exit_code"] == 2


def test_services_of_compose_are_told_apart(shared_engine: EngineProcess) -> None:
    recording = ROOT / "tests/printed/recordings/docker_compose_up.txt"
    run(shared_engine.data_dir, "compose", "cat", str(recording))
    found = filed_events.of(shared_engine.data_dir, "compose")
    told = {(event.tags["service"], event.exceptions[-1].type, event.platform) for event in found}
    assert told == {
        ("web", "KeyError", "python"),
        ("api", "TypeError", "node"),
        ("worker", "IllegalStateException", "java"),
    }
    assert len(found) == 3
    (web,) = (event for event in found if event.tags["service"] == "web")
    assert all("db" not in (crumb.message or "") for crumb in web.breadcrumbs)


def test_it_runs_in_a_terminal_with_an_engine_of_its_own(tmp_path: Path) -> None:
    command = run_command(tmp_path / "data", "shop", sys.executable, "-c", "print(input('name? ')); 1 / 0")
    with TerminalSession(command, environment=os.environ | {"ARECIBO_PORT": "0"}) as session:
        session.await_text("name? ")
        session.type("Ada\r")
        assert session.await_end() == 1
    assert only_event(tmp_path / "data", "shop").exceptions[0].type == "ZeroDivisionError"
    assert not folder_lock.is_locked(tmp_path / "data")


def test_without_a_folder_nothing_is_run(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    ended = run(tmp_path / "data", "shop", "touch", str(tmp_path / "made"))
    assert ended.returncode == ENVIRONMENT_ERROR
    assert "touch was not run: the data folder" in ended.stderr
    assert not (tmp_path / "made").exists()


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return str(taken.getsockname()[1])


@pytest.mark.long
def test_an_engine_that_comes_takes_over_and_nothing_is_lost(tmp_path: Path) -> None:
    environment = os.environ | {"ARECIBO_PORT": free_port()}
    command = run_command(tmp_path, "shop", sys.executable, "-c", COUNTS.format(90))
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stderr is not None
        process.stderr.readline()
        engine = EngineProcess(tmp_path, "--port", environment["ARECIBO_PORT"])
        assert not handover.yields(tmp_path)
        assert engine.stop() == 0
        process.stderr.read()
        assert process.wait(PATIENCE_SECONDS) == 0
    values = {event.exceptions[0].value for event in filed_events.of(tmp_path, "shop")}
    assert values == {f"number {n}" for n in range(90)}


@pytest.mark.long
def test_two_runs_share_an_engine_and_the_first_may_end(tmp_path: Path) -> None:
    environment = os.environ | {"ARECIBO_PORT": "0"}

    def start(project: str, count: int) -> "subprocess.Popen[bytes]":
        command = run_command(tmp_path, project, sys.executable, "-c", COUNTS.format(count))
        return subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)

    with start("one", 5) as one, start("two", 80) as two:
        assert one.wait(PATIENCE_SECONDS) == 0
        assert two.wait(PATIENCE_SECONDS) == 0
    assert len(filed_events.of(tmp_path, "one")) == 5
    assert len(filed_events.of(tmp_path, "two")) == 80
    wait_until(lambda: not folder_lock.is_locked(tmp_path), "the engine to end")


@pytest.mark.long
def test_a_killed_run_leaves_what_it_found_and_no_process(tmp_path: Path) -> None:
    code = COUNTS.format(1) + "\ntime.sleep(1000)"
    command = run_command(tmp_path, "shop", sys.executable, "-c", code)
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, env=os.environ | {"ARECIBO_PORT": "0"}, start_new_session=True
    ) as process:
        assert process.stderr is not None
        while b"number 0" not in process.stderr.readline():
            pass
        os.killpg(process.pid, signal.SIGKILL)
    wait_until(lambda: not folder_lock.is_locked(tmp_path), "the engine to end")
    assert len(filed_events.of(tmp_path, "shop")) == 1


@pytest.mark.long
@pytest.mark.parametrize("number", ["10000000"])
def test_fast_output_passes_fast(shared_engine: EngineProcess, number: str) -> None:
    def seconds(command: list[str]) -> float:
        begun = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=PATIENCE_SECONDS)
        assert len(done.stdout) > 70_000_000
        return time.monotonic() - begun

    relayed = seconds(run_command(shared_engine.data_dir, "fast", "seq", number))
    # 79 MB. Line by line it took a minute.
    assert relayed < 20.0


@pytest.mark.long
def test_hostile_bytes_pass_and_an_error_among_them_is_found(shared_engine: EngineProcess) -> None:
    code = """
import os, sys
out = sys.stdout.buffer
out.write(os.urandom(100_000) + b"\\xff\\xfe\\x1b[31m\\n" + b"x" * 3_000_000 + b"\\n"); out.flush()
raise RuntimeError("no \\udcff end")
"""
    ended = subprocess.run(
        run_command(shared_engine.data_dir, "hostile", sys.executable, "-c", code),
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert ended.returncode == 1
    assert len(ended.stdout) == 100_000 + 8 + 3_000_001
    found = filed_events.of(shared_engine.data_dir, "hostile")
    assert [event.exceptions[-1].type for event in found if event.exceptions] == ["RuntimeError"]


@pytest.mark.long
def test_json_records_of_loggers_are_events(shared_engine: EngineProcess) -> None:
    record = {"level": "error", "msg": "no card", "time": "2026-11-30T10:00:00Z", "order": 7}
    lines = "\n".join([json.dumps({"level": "info", "msg": "up"}), json.dumps(record)])
    run(shared_engine.data_dir, "json", "cat", given=lines)
    assert only_event(shared_engine.data_dir, "json").message == "no card"
