"""No command sends control characters to the terminal, on a store full of hostile text."""

import json
from pathlib import Path

import pytest

from app.cli import command_line
from app.settings import Limits
from app.store.database import Database
from tests.end2end.engine_process import run
from tests.hostile import TEXTS, UNSHOWN, fill

HOSTILE_NAME = "\x1b[31m[/x]\u202e"
COMMANDS = (
    "issues",
    "events",
    "event ID",
    "status",
    "doctor",
    "queue",
    f"queue show {len(TEXTS) + 1}",
    "notices",
    "channels",
    "channels try NAME",
    "rules",
    "regroupings",
    "history 1",
    "split 1",
    "note 1 NAME",
    "merge 1 2",
    "event NAME",
    "issues --query NAME",
    "events --query NAME",
    "jobs run NAME",
)


@pytest.fixture
def ids(database: Database, tmp_path: Path) -> list[str]:
    return fill(database, tmp_path)


def run_in_process(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, *arguments: str
) -> tuple[int, tuple[str, str]]:
    code = command_line.main([*arguments, "--data-dir", str(tmp_path)], lambda _settings: 0)
    return code, capsys.readouterr()


def test_no_command_prints_control_characters(
    ids: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    for command in COMMANDS:
        for event_id in ids if "ID" in command else ids[:1]:
            arguments = [event_id if word == "ID" else word for word in command.split()]
            arguments = [HOSTILE_NAME if word == "NAME" else word for word in arguments]
            code, streams = run_in_process(capsys, tmp_path, *arguments)
            assert code in (0, 1, 3), command
            for stream in streams:
                assert not UNSHOWN.search(stream), (command, ascii(UNSHOWN.findall(stream)))


@pytest.mark.parametrize("command", ["issues", "doctor", f"event {HOSTILE_NAME}", "serve --port x\x1b[2J"])
def test_no_command_run_as_a_process_prints_control_characters(
    ids: list[str], tmp_path: Path, command: str
) -> None:
    ran = run(*command.split(" "), data_dir=tmp_path, check=False, COLUMNS="200")
    assert ran.stdout or ran.stderr
    assert not UNSHOWN.search(ran.stdout + ran.stderr)


def test_json_is_exact_and_escaped(
    ids: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, (listed, _errors) = run_in_process(capsys, tmp_path, "events", "--json")
    assert not UNSHOWN.search(listed)
    by_id = {row["event_id"]: row for row in map(json.loads, listed.splitlines())}
    for event_id, text in zip(ids, TEXTS, strict=False):
        _code, (printed, _errors) = run_in_process(capsys, tmp_path, "event", event_id, "--json")
        assert not UNSHOWN.search(printed)
        shown = json.loads(printed)["tags"]["tag"]
        exact = shown == text or (len(text) > Limits().name and text.startswith(shown.removesuffix("…")))
        assert exact, "JSON contains exactly the text that was sent, up to the limits"
        assert by_id[event_id]["title"]
    for command in ("issues", "queue", "doctor", "notices", "channels", "rules", "history 1"):
        _code, (printed, _errors) = run_in_process(capsys, tmp_path, *command.split(), "--json")
        assert not UNSHOWN.search(printed), command
        assert all(json.loads(line) is not None for line in printed.splitlines())
