"""Real editors stand on the line and column that they were asked for, whatever the file is called.

In a pseudo-terminal, as they run in a terminal window. Each writes down where its cursor is, and ends.
"""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.editors import opening, servers, table
from app.editors.editor import Found, Server
from app.local_files.locate import LocalFile

LINE, COLUMN = 7, 5
NAMES = ["cart.py", "a b.py", "-rf.py", "it's $(id); `id` #%|&.py", 'quo"te.py', "two\nlines.py", "x:3:1"]
FEW = [NAMES[3], NAMES[6]]
ODD_BYTES = os.fsdecode(b"caf\xe9.py")
TIMEOUT_SECONDS = 60
_EMACS_PLACE = '(format "%d %d %s" (line-number-at-pos) (current-column) (buffer-file-name))'


def place(folder: Path, name: str) -> LocalFile:
    file = folder / name
    file.write_text("".join(f"line {number} of it\n" for number in range(1, 20)))
    return LocalFile(path=file, line=LINE, column=COLUMN, root=folder)


def command(key: str, at: LocalFile) -> list[str]:
    editor = table.named(key)
    assert editor is not None
    program = shutil.which(editor.commands[0])
    if program is None:
        pytest.skip(f"{editor.name} is not installed here")
    return opening.command(
        opening.of_found(Found(editor=editor, command=(program,))), at, dict(os.environ), here=True
    )


def in_terminal(arguments: Sequence[str], folder: Path) -> None:
    """Run it in a pseudo-terminal until it ends."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm", HOME=str(folder), XDG_CONFIG_HOME=str(folder), LC_ALL="C.UTF-8")
        os.chdir(folder)
        os.execv(arguments[0], list(arguments))
    try:
        while select.select([terminal], [], [], TIMEOUT_SECONDS)[0]:
            if not os.read(terminal, 4_096):
                break
        else:
            pytest.fail("it did not end")
    except OSError:
        pass  # Linux says so when the child has ended
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


@pytest.mark.parametrize("key", ["vim", "nvim"])
@pytest.mark.parametrize("name", [*NAMES, ODD_BYTES], ids=ascii)
def test_vim(tmp_path: Path, key: str, name: str) -> None:
    at = place(tmp_path, name)
    record = tmp_path / "record"
    program, *arguments = command(key, at)
    where = f"+call writefile([line('.'), col('.'), expand('%:p')], '{record}') | quitall!"
    in_terminal([program, "-u", "NONE", "-i", "NONE", "-n", *arguments, where], tmp_path)
    line, column, file = record.read_bytes().split(b"\n", 2)
    assert (int(line), int(column)) == (LINE, COLUMN)
    assert file.strip(b"\n").replace(b"\0", b"\n") == os.fsencode(at.path)


@pytest.mark.parametrize("name", FEW, ids=ascii)
def test_emacs(tmp_path: Path, name: str) -> None:
    at = place(tmp_path, name)
    record = tmp_path / "record"
    write = f'(append-to-file {_EMACS_PLACE} nil "{record}")'
    program, *arguments = command("emacs-terminal", at)
    in_terminal([program, "-Q", *arguments, "--eval", write, "--eval", "(kill-emacs)"], tmp_path)
    line, column, file = record.read_text().split(" ", 2)
    assert (int(line), int(column) + 1, file) == (LINE, COLUMN, str(at.path))


@pytest.mark.parametrize("name", FEW, ids=ascii)
def test_an_emacs_that_is_open(tmp_path: Path, name: str) -> None:
    at = place(tmp_path, name)
    environ = os.environ | {"EMACS_SOCKET_NAME": str(tmp_path / "s"), "HOME": str(tmp_path)}
    emacs, program = shutil.which("emacs"), shutil.which("emacsclient")
    if emacs is None or program is None:
        pytest.skip("Emacs is not installed here")
    server = subprocess.Popen([emacs, "-Q", f"--fg-daemon={tmp_path / 's'}"], env=environ)
    try:
        _wait_until(lambda: servers.find(Server.EMACS, None, environ) is not None)
        editor = table.named("emacsclient")
        assert editor is not None
        chosen = opening.of_found(Found(editor=editor, command=(program,)))
        subprocess.run(opening.command(chosen, at, environ), env=environ, check=True, timeout=TIMEOUT_SECONDS)
        where = f"(with-current-buffer (get-file-buffer {json.dumps(str(at.path))}) {_EMACS_PLACE})"
        asked = [program, "--eval", where]
        answer = subprocess.run(asked, env=environ, capture_output=True, text=True, check=True)
        line, column = answer.stdout.lstrip('"').split(" ")[:2]
        assert (int(line), int(column) + 1) == (LINE, COLUMN)
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize("name", FEW, ids=ascii)
def test_a_neovim_that_is_open(tmp_path: Path, name: str) -> None:
    program = shutil.which("nvim")
    if program is None:
        pytest.skip("Neovim is not installed here")
    at = place(tmp_path, name)
    address = tmp_path / "s"
    server = subprocess.Popen([program, "--headless", "-u", "NONE", "-n", "--listen", str(address)])
    try:
        environ = os.environ | {"NVIM": str(address)}
        _wait_until(lambda: servers.find(Server.NEOVIM, None, environ) == str(address))
        editor = table.named("nvim-server")
        assert editor is not None
        chosen = opening.of_found(Found(editor=editor, command=(program,)))
        subprocess.run(opening.command(chosen, at, environ), check=True, timeout=TIMEOUT_SECONDS)
        asked = ["--headless", "--server", str(address), "--remote-expr"]
        where = "json_encode([line('.'), col('.'), expand('%:p')])"
        answer = subprocess.run([program, *asked, where], capture_output=True, text=True, check=True)
        assert json.loads(answer.stdout or answer.stderr) == [LINE, COLUMN, str(at.path)]
    finally:
        server.kill()
        server.wait()


def _wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(10_000):
        if is_so():
            return
        select.select([], [], [], 0.01)
    pytest.fail("it never listened")
