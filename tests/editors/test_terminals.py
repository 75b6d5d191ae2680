"""Editors without a window get a terminal."""

import stat
import subprocess
from pathlib import Path

import pytest

from app.editors import terminals
from app.editors.terminals import NoTerminal

COMMAND = ["vim", "+3", "/a b;c"]


def only(*programs: str) -> terminals.Which:
    return lambda name: f"/bin/{name}" if name in programs else None


@pytest.mark.parametrize(
    ("terminal", "before"),
    [
        ("x-terminal-emulator", ["-e"]),
        ("gnome-terminal", ["--"]),
        ("konsole", ["-e"]),
        ("kitty", []),
        ("alacritty", ["-e"]),
        ("foot", []),
        ("wezterm", ["start", "--"]),
        ("xterm", ["-e"]),
        ("xfce4-terminal", ["-x"]),
    ],
)
def test_each_is_asked_in_its_own_way(terminal: str, before: list[str]) -> None:
    found = terminals.within(COMMAND, {}, only(terminal), "linux")
    assert found == [f"/bin/{terminal}", *before, *COMMAND]


@pytest.mark.parametrize(
    ("chosen", "prefix"),
    [("kitty --single-instance", ["/bin/kitty", "--single-instance"]), ("myterm", ["/bin/myterm", "-e"])],
)
def test_the_chosen_one_is_first(chosen: str, prefix: list[str]) -> None:
    which = only("xterm", "kitty", "myterm")
    assert terminals.within(COMMAND, {"TERMINAL": chosen}, which, "linux") == [*prefix, *COMMAND]


@pytest.mark.parametrize("chosen", ["gone", "'", ""])
def test_a_choice_that_is_not_there_is_passed_over(chosen: str) -> None:
    assert terminals.within(COMMAND, {"TERMINAL": chosen}, only("xterm"), "linux")[0] == "/bin/xterm"


def test_without_one_it_says_what_to_do() -> None:
    with pytest.raises(NoTerminal, match=r"vim runs in a terminal.*\$TERMINAL"):
        terminals.within(COMMAND, {}, only(), "linux")


def test_windows_gives_a_console_when_it_starts() -> None:
    assert terminals.within(COMMAND, {}, only(), "win32") == COMMAND


def test_terminal_app_runs_a_script_that_no_shell_reads(tmp_path: Path) -> None:
    record = tmp_path / "it's called; $(id)"
    command = ["touch", str(record)]
    *opening, script = terminals.within(command, {}, only(), "darwin")
    assert opening[:2] == ["open", "-a"]
    assert stat.S_IMODE(Path(script).stat().st_mode) == stat.S_IRWXU
    subprocess.run([script], check=True)
    assert record.exists()
    assert not Path(script).exists()
