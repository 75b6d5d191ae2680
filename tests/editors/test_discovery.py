"""Which editors are here, the likeliest first."""

import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.editors import discovery
from app.editors.discovery import Machine
from app.editors.running import Process
from tests.editors.test_desktop_entries import entry


class FakeMachine(Machine):
    """A machine in a folder: programs in `bin`, desktop entries in `data`, and processes."""

    def __init__(self, root: Path, platform: str = "linux", **environ: str) -> None:
        self.root = root
        self.platform = platform
        (root / "bin").mkdir(exist_ok=True)
        self.running: list[Process] = []
        self.environ: Mapping[str, str] = {
            "PATH": str(root / "bin"),
            "HOME": str(root / "home"),
            "XDG_DATA_HOME": str(root / "data"),
            "XDG_DATA_DIRS": str(root / "none"),
            "XDG_RUNTIME_DIR": str(root / "run"),
            "TMPDIR": str(root / "tmp"),
            "USER": "ada",
        } | environ

    def install(self, name: str) -> str:
        program = self.root / "bin" / (f"{name}.exe" if self.platform == "win32" else name)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        return str(program)

    def processes(self) -> Iterator[Process]:
        yield from self.running

    def found(self) -> list[tuple[str, str]]:
        return [(each.editor.key, each.why) for each in discovery.find_all(self)]


def test_what_runs_then_visual_then_editor_then_the_rest(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path, VISUAL="subl --wait", EDITOR="nano -x")
    for name in ("code", "subl", "nano", "vim", "kate"):
        machine.install(name)
    machine.running = [Process("kate", "/usr/bin/kate", ("kate",)), Process("vim", "/usr/bin/vim", ("vim",))]
    entry(tmp_path / "data", "dev.zed.Zed", f"Exec={machine.install('zed-launcher')} %U")
    assert machine.found() == [
        ("kate", "runs now"),
        ("sublime", "$VISUAL"),
        ("nano", "$EDITOR"),
        ("code", "on the PATH"),
        ("vim", "on the PATH"),
        ("zed", "installed"),
    ]
    commands = {each.editor.key: each.command for each in discovery.find_all(machine)}
    assert commands["sublime"] == (str(tmp_path / "bin" / "subl"),)
    assert commands["nano"] == (str(tmp_path / "bin" / "nano"), "-x")


def test_one_that_runs_and_is_not_on_the_path_is_started_by_its_own_program(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    machine.running = [Process("windsurf", "/opt/windsurf/windsurf", ("windsurf",))]
    (found,) = discovery.find_all(machine)
    assert found.command == ("/opt/windsurf/windsurf",)
    assert found.runs


@pytest.mark.parametrize("value", ["'", "gone", "ed", ""])
def test_variables_that_say_nothing_are_passed_over(tmp_path: Path, value: str) -> None:
    machine = FakeMachine(tmp_path, VISUAL=value, EDITOR=value)
    assert machine.found() == []


def test_a_script_that_cmd_would_run_is_no_editor(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path, platform="win32")
    machine.install("code")
    assert machine.which("code") is not None
    (tmp_path / "bin" / "code.exe").rename(tmp_path / "bin" / "zed.CMD")
    assert machine.which("zed.CMD") is None


def test_emacs_without_windows_runs_in_a_terminal(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path, EDITOR="emacs")
    Path(machine.install("emacs-nox")).rename(tmp_path / "emacs-nox")
    (tmp_path / "bin" / "emacs").symlink_to(tmp_path / "emacs-nox")
    assert machine.found() == [("emacs-terminal", "$EDITOR")]


def test_a_neovim_that_listens(tmp_path: Path) -> None:
    address = str(tmp_path / "nvim")
    machine = FakeMachine(tmp_path, NVIM=address)
    machine.install("nvim")
    assert machine.found() == [("nvim", "on the PATH")]
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        assert machine.found()[0] == ("nvim-server", "runs now")
    assert discovery.find("nvim-server", machine) is not None


def test_one_by_its_key(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    program = machine.install("hx")
    found = discovery.find("helix", machine)
    assert found is not None
    assert found.command == (program,)
    assert discovery.find("code", machine) is None
    assert discovery.find("no such", machine) is None


def test_xcodes_command_is_not_taken_for_another_editors(tmp_path: Path) -> None:
    for platform, expected in (("darwin", []), ("linux", [("xed", "on the PATH")])):
        machine = FakeMachine(tmp_path, platform)
        machine.install("xed")
        assert [each for each in machine.found() if each[0] == "xed"] == expected


def test_on_windows_a_variable_may_hold_a_path_with_backslashes(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path, "win32", EDITOR=r'"C:\Program Files\none\code.exe" --wait')
    machine.environ = {**machine.environ, "VISUAL": "subl --wait --new-window"}
    program = machine.install("subl")
    assert machine.found() == [("sublime", "$VISUAL")]
    assert discovery.find_all(machine)[0].command == (program, "--new-window")
