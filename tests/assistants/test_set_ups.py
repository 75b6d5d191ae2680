"""What each assistant is told: JSON that it reads, and lines that a shell takes apart as they are meant."""

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import program_command
from app.assistants import set_ups
from app.clients import Client

ODD = ("/opt/my py/bin/python", "/srv/main.py", "mcp", "--data-dir", '/home/a\'b "c"/ü')
STARTS = {"command": ODD[0], "args": list(ODD[1:])}
ALL = {each.name: each for each in set_ups.set_ups(ODD)}


def test_the_command_is_this_programs_own(tmp_path: Path) -> None:
    command = set_ups.command(tmp_path, read_only=True)
    assert command == (*program_command.program(), "mcp", "--read-only", "--data-dir", str(tmp_path))
    assert "--read-only" not in set_ups.command(tmp_path)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Claude Code", ("mcpServers", "arecibo")),
        ("Cursor", ("mcpServers", "arecibo")),
        ("VS Code", ("servers", "arecibo")),
        ("Zed", ("context_servers", "arecibo")),
        ("Another one", ("mcpServers", "arecibo")),
    ],
)
def test_the_json_is_what_the_assistant_reads(name: str, path: tuple[str, ...]) -> None:
    written = json.loads(ALL[name].code)
    for key in path:
        written = written[key]
    assert {key: written[key] for key in STARTS} == STARTS


@pytest.mark.skipif(sys.platform == "win32", reason="lines for a POSIX shell")
def test_the_lines_mean_the_same_to_a_shell() -> None:
    assert shlex.split(ALL["Claude Code"].install)[-5:] == list(ODD)
    added = shlex.split(ALL["VS Code"].install)
    assert json.loads(added[-1]) == {"name": "arecibo", **STARTS}
    assert shlex.split(set_ups.shown(ODD)) == list(ODD)


@pytest.mark.parametrize("client", ALL.values(), ids=ALL)
def test_every_one_says_where_it_belongs(client: Client) -> None:
    assert client.note
    assert client.when_nobody_listens


@pytest.mark.skipif(shutil.which("claude") is None, reason="needs Claude Code")
def test_claude_code_takes_the_line(tmp_path: Path) -> None:
    line = shlex.split(ALL["Claude Code"].install)
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/local/bin"}
    subprocess.run(line, env=environment, cwd=tmp_path, check=True, capture_output=True, timeout=60)
