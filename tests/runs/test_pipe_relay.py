"""A command without a pseudo-terminal: what it prints is passed on and heard, and its end is its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end2end.engine_process import ROOT

PATIENCE_SECONDS = 60
RELAYED = """
import sys
from app.runs.pipe_relay import PipeRelay
from tests.runs import relayed
relayed.Relay = PipeRelay
sys.exit(relayed.main())
"""


def run(
    file: Path, *command: str, given: bytes = b"", more: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", RELAYED, str(file), *command],
        input=given,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | (more or {}),
        cwd=ROOT,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def heard(file: Path, stream: str) -> str:
    return "".join(text for name, text in json.loads(file.read_text("utf-8")) if name == stream)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "heard.json"


def test_both_streams_are_passed_on_as_they_were(file: Path) -> None:
    ended = run(file, *python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)"))
    assert (ended.stdout, ended.stderr, ended.returncode) == (b"out\n", b"err\n", 7)
    assert (heard(file, "stdout"), heard(file, "stderr")) == ("out\n", "err\n")


def test_its_stdin_is_ours(file: Path) -> None:
    assert run(file, *python("print(input()[::-1])"), given=b"abc\n").stdout == b"cba\n"


def test_all_of_a_lot_is_passed_on(file: Path) -> None:
    ended = run(file, *python("import sys; sys.stdout.write('0123456789' * 1_000_000)"))
    assert len(ended.stdout) == 10_000_000
    assert len(heard(file, "stdout")) == 10_000_000


def test_a_command_that_leaves_something_running_ends_with_itself(file: Path) -> None:
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'input()']); print(1)"
    with subprocess.Popen(
        [sys.executable, "-c", RELAYED, str(file), *python(code)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        # What was left has our end of its stdin, which is still open.
        assert process.stdout.read() == b"1\n"
        assert process.wait(PATIENCE_SECONDS) == 0


def test_what_is_not_there_is_told_as_a_shell_tells_it(file: Path) -> None:
    ended = run(file, "nonesuch")
    assert ended.returncode == 127
    assert b"command not found" in ended.stderr


def test_a_script_is_found_as_a_shell_finds_it(file: Path, tmp_path: Path) -> None:
    script = tmp_path / ("tool.cmd" if sys.platform == "win32" else "tool")
    script.write_text("@echo told\n" if sys.platform == "win32" else "#!/bin/sh\necho told\n", "utf-8")
    script.chmod(0o755)
    ended = run(file, "tool", more={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"})
    assert ended.stdout.strip() == b"told"


def test_a_reader_that_has_gone_is_noticed_by_the_command(file: Path) -> None:
    command = [sys.executable, "-c", RELAYED, str(file), *python("while True: print('x' * 1000)")]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(10) == b"x" * 10
        process.stdout.close()
        assert process.wait(PATIENCE_SECONDS) != 0


def test_a_command_is_ended_with_what_it_has_started(file: Path) -> None:
    code = """
import os, socket, sys
from app.runs.feed import Feed
from app.runs.pipe_relay import PipeRelay
ours, theirs = socket.socketpair()
relay = PipeRelay([sys.executable, "-c", "input()"], os.environ, Feed(ours), is_over=lambda: True)
code = relay.run()
print(relay.was_ended, code != 0)
"""
    with subprocess.Popen(
        python(code),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read().split() == [b"True", b"True"]
