"""What a run sets so that hooks are loaded, and how it takes what they leave."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.runs import hooks as module
from app.runs.hooks import Hooks


@pytest.fixture
def hooks() -> Iterator[Hooks]:
    made = Hooks()
    yield made
    made.close()


def leave(hooks: Hooks, name: str, content: bytes) -> Path:
    path = hooks.folder / name
    path.write_bytes(content)
    return path


def test_the_folder_is_its_owners_and_goes(hooks: Hooks) -> None:
    assert stat.S_IMODE(hooks.folder.stat().st_mode) == 0o700
    hooks.close()
    assert not hooks.folder.exists()
    assert hooks.take() == []


def test_what_is_there_stays_in_force(hooks: Hooks) -> None:
    given = {"PYTHONPATH": "lib:", "NODE_OPTIONS": "--max-old-space-size=99", "RUBYOPT": "-w"}
    added = hooks.variables(given)
    assert added["PYTHONPATH"] == f"{module.FOLDER / 'python'}{os.pathsep}lib:"
    assert added["NODE_OPTIONS"].startswith("--max-old-space-size=99 --require ")
    assert added["RUBYOPT"].startswith("-r")
    assert added["RUBYOPT"].endswith(" -w")
    assert added[module.REPORTS] == str(hooks.folder)


def test_an_empty_variable_is_none(hooks: Hooks) -> None:
    added = hooks.variables({"PYTHONPATH": "", "NODE_OPTIONS": "", "RUBYOPT": ""})
    assert added["PYTHONPATH"] == str(module.FOLDER / "python")
    assert added["RUBYOPT"] == f"-r{module.FOLDER / 'ruby' / 'hook.rb'}"


@pytest.mark.parametrize("place", ["options", "command"])
def test_a_program_of_node_with_permissions_gets_none(hooks: Hooks, place: str) -> None:
    flag = "--experimental-permission" if place == "options" else "--permission"
    given = {"NODE_OPTIONS": flag} if place == "options" else {}
    command = ["node", flag, "app.js"] if place == "command" else ["node", "app.js"]
    assert "NODE_OPTIONS" not in hooks.variables(given, command)


def test_folders_with_spaces(hooks: Hooks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FOLDER", Path("/opt/my apps/hooks"))
    added = hooks.variables({})
    assert added["NODE_OPTIONS"] == '--require "/opt/my apps/hooks/node/hook.cjs"'
    assert added["PYTHONPATH"] == "/opt/my apps/hooks/python"
    # Ruby splits its options at spaces, whatever quotes there are.
    assert "RUBYOPT" not in added


def test_reports_are_taken_once_the_oldest_first(hooks: Hooks) -> None:
    for number, name in enumerate("cab"):
        os.utime(leave(hooks, f"{name}.json", json.dumps({"n": name}).encode()), (number, number))
    leave(hooks, "unfinished.part", b"{")
    assert hooks.take() == [{"n": "c"}, {"n": "a"}, {"n": "b"}]
    assert hooks.take() == []
    assert [path.name for path in hooks.folder.iterdir()] == ["unfinished.part"]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": ', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_report_is_thrown_away(hooks: Hooks, content: bytes) -> None:
    leave(hooks, "a.json", content)
    assert hooks.take() == []
    assert list(hooks.folder.iterdir()) == []


def test_only_files_of_a_sensible_size_are_read(hooks: Hooks, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"password": 1}')
    (hooks.folder / "link.json").symlink_to(secret)
    os.mkfifo(hooks.folder / "pipe.json")
    (hooks.folder / "folder.json").mkdir()
    large = leave(hooks, "large.json", b'{"a": 1}')
    os.truncate(large, module.LARGEST_REPORT + 1)
    assert hooks.take() == []
    assert secret.exists()


def test_a_flood_is_taken_in_parts(hooks: Hooks) -> None:
    for number in range(150):
        leave(hooks, f"{number}.json", b"{}")
    assert [len(hooks.take()) for _part in range(3)] == [100, 50, 0]
