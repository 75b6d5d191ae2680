"""Editors that run, by the list of processes."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.editors import running
from app.editors.running import Process


def keys(*processes: Process) -> dict[str, str]:
    return {key: program for key, (_, program) in running.editors(processes).items()}


def test_by_its_file_or_first_argument_or_bundle() -> None:
    code = Process("code", "/usr/share/code/code", ("/usr/share/code/code", "--type=renderer"))
    zed = Process("zed-editor", "/home/a/.local/zed.app/libexec/zed-editor", ("zed-editor",))
    emacs = Process("emacs-gtk", "/usr/bin/emacs-gtk", ("emacs",))
    mac = "/Applications/Sublime Text.app/Contents/MacOS/sublime"
    sublime = Process("sublime", mac, (mac,))
    assert keys(code, zed, emacs, sublime) == {
        "code": "/usr/share/code/code",
        "zed": "/home/a/.local/zed.app/libexec/zed-editor",
        "emacs": "/usr/bin/emacs-gtk",
        "sublime": "",
    }


def test_a_jetbrains_ide_in_its_own_java(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "pycharm.sh"
    program.parent.mkdir()
    program.touch()
    java = str(tmp_path / "jbr" / "bin" / "java")
    arguments = (java, "-Xms1g", "-Didea.paths.selector=PyCharmCE2024.1", "com.intellij.idea.Main")
    assert keys(Process("java", java, arguments)) == {"pycharm": str(program)}


@pytest.mark.parametrize("name", ["vim", "nvim", "hx", "bash", "java", "", "encode"])
def test_what_has_no_window_or_is_no_editor_says_nothing(name: str) -> None:
    assert keys(Process(name, f"/usr/bin/{name}" if name else "", (name,) if name else ())) == {}


def test_a_real_process(tmp_path: Path) -> None:
    program = tmp_path / "cursor"
    shutil.copy(shutil.which("sleep") or "", program)
    process = subprocess.Popen([str(program), "60"])
    try:
        assert keys(*running.processes())["cursor"] == str(program)
    finally:
        process.kill()
        process.wait()
