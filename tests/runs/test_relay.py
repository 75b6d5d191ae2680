"""A command runs as without us: in a terminal, in a pipe, and however it ends.

Most tests compare a command that is relayed (`relayed`) with the same one that is not.
"""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.end2end.engine_process import ROOT, wait_until
from tests.runs.terminal_session import PATIENCE_SECONDS, TerminalSession

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}


@pytest.fixture
def heard_file(tmp_path: Path) -> Path:
    return tmp_path / "heard.json"


def relayed(file: Path, *command: str) -> list[str]:
    return [sys.executable, "-m", "tests.runs.relayed", str(file), *command]


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def in_terminal(*command: str) -> TerminalSession:
    return TerminalSession(command, environment=ENVIRONMENT, cwd=ROOT)


def heard(file: Path) -> list[tuple[str, str]]:
    return [(stream, text) for stream, text in json.loads(file.read_text("utf-8"))]


def in_pipes(command: list[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        env=ENVIRONMENT,
        cwd=ROOT,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


SHOWS_ITS_TERMINAL = """
import os, sys, termios
for fd in (0, 1, 2): print(fd, os.isatty(fd), os.get_terminal_size(fd) if os.isatty(fd) else "")
print(termios.tcgetattr(0)[:6], os.tcgetpgrp(0) == os.getpgrp())
print("\\x1b[31mred\\x1b[0m", file=sys.stderr)
"""


def test_it_has_the_terminal_that_it_had(heard_file: Path) -> None:
    with in_terminal(*python(SHOWS_ITS_TERMINAL)) as plain:
        assert plain.await_end() == 0
    with in_terminal(*relayed(heard_file, *python(SHOWS_ITS_TERMINAL))) as session:
        assert session.await_end() == 0
    assert session.output == plain.output
    assert b"columns=80, lines=24" in plain.output
    assert "".join(text for _stream, text in heard(heard_file)).encode() == plain.output


@pytest.mark.parametrize("code", [0, 1, 7, 255])
def test_the_exit_code_is_the_commands(heard_file: Path, code: int) -> None:
    assert in_pipes(relayed(heard_file, "sh", "-c", f"exit {code}")).returncode == code


@pytest.mark.parametrize("name", ["SEGV", "KILL", "TERM"])
def test_an_end_by_a_signal_is_told_as_a_shell_tells_it(heard_file: Path, name: str) -> None:
    ended = in_pipes(relayed(heard_file, "sh", "-c", f"kill -{name} $$"))
    assert ended.returncode == 128 + signal.Signals[f"SIG{name}"]


@pytest.mark.parametrize(("command", "code", "said"), [("nonesuch", 127, "not found"), ("/", 126, "denied")])
def test_what_cannot_run_is_told_as_a_shell_tells_it(
    heard_file: Path, command: str, code: int, said: str
) -> None:
    ended = in_pipes(relayed(heard_file, command))
    assert ended.returncode == code
    assert said in ended.stderr.decode()


def test_in_pipes_both_streams_stay_apart_and_stdin_is_passed(heard_file: Path) -> None:
    code = "import sys; print(sys.stdin.read().upper(), end=''); print('bad', end='', file=sys.stderr)"
    ended = in_pipes(relayed(heard_file, *python(code)), b"a\xc3\xa4 no end")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "AÄ NO END".encode(), b"bad")
    assert sorted(heard(heard_file)) == [("stderr", "bad"), ("stdout", "AÄ NO END")]


def test_bytes_pass_unchanged(heard_file: Path, tmp_path: Path) -> None:
    content = os.urandom(3_000_000)
    (tmp_path / "random").write_bytes(content)
    assert in_pipes(relayed(heard_file, "cat", str(tmp_path / "random"))).stdout == content


def test_a_reader_that_has_gone_ends_it_as_it_always_does(heard_file: Path) -> None:
    script = 'set -o pipefail; "$@" | head -1'
    ended = in_pipes(["bash", "-c", script, "bash", *relayed(heard_file, "yes")])
    assert (ended.stdout, ended.returncode) == (b"y\n", 128 + signal.SIGPIPE)


def test_what_it_leaves_running_is_not_waited_for(heard_file: Path) -> None:
    with subprocess.Popen(
        relayed(heard_file, "sh", "-c", "sleep 1000 & echo $!"),
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        left = psutil.Process(int(process.stdout.readline()))
        try:
            assert process.wait(PATIENCE_SECONDS) == 0
        finally:
            left.kill()


def test_a_slow_reader_gets_all_that_was_printed_before_the_end(heard_file: Path) -> None:
    script = '"$@" | { sleep 1; wc -c; }'
    lines = python("print('x' * 200_000)")
    ended = in_pipes(["bash", "-c", script, "bash", *relayed(heard_file, *lines)])
    assert int(ended.stdout) == 200_001


WAITS = """
import signal, sys
def told(number, frame): print("got", signal.Signals(number).name, flush=True); sys.exit(9)
for name in "INT TERM HUP USR1 QUIT".split(): signal.signal(signal.Signals["SIG" + name], told)
print("ready", flush=True)
while True: signal.pause()
"""


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGQUIT]
)
def test_signals_that_are_sent_to_us_go_to_it(heard_file: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        relayed(heard_file, *python(WAITS)),
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        cwd=ROOT,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.stdout.read() == f"got {number.name}\n"
        assert process.wait(PATIENCE_SECONDS) == 9


@pytest.mark.parametrize(("key", "name"), [("\x03", "SIGINT"), ("\x1c", "SIGQUIT")])
def test_keys_send_signals_once(heard_file: Path, key: str, name: str) -> None:
    with in_terminal(*relayed(heard_file, *python(WAITS))) as session:
        session.await_text("ready")
        session.type(key)
        assert session.await_end() == 9
    assert session.output.count(f"got {name}".encode()) == 1


def test_a_key_is_one_signal_also_where_stdin_is_a_file(heard_file: Path) -> None:
    counts = """
import signal, sys, time
count = 0
def told(number, frame):
    global count; count += 1; print("got", count, flush=True)
signal.signal(signal.SIGINT, told)
print("ready", flush=True)
while not count: time.sleep(0.01)
end = time.monotonic() + 0.5
while time.monotonic() < end: time.sleep(0.01)
print("in all", count)
"""
    with in_terminal(
        "bash", "-c", '"$@" < /dev/null', "bash", *relayed(heard_file, *python(counts))
    ) as session:
        session.await_text("ready")
        session.type("\x03")
        session.await_text("in all 1")


SIZES = """
import os, signal, sys
def told(number, frame): print("size", *os.get_terminal_size(1), flush=True)
signal.signal(signal.SIGWINCH, told)
print("ready", flush=True)
input()
"""


@pytest.mark.parametrize("shell", ['"$@"', '"$@" < <(sleep 1000)'])
def test_it_is_told_of_another_size(heard_file: Path, shell: str) -> None:
    with in_terminal("bash", "-c", shell, "bash", *relayed(heard_file, *python(SIZES))) as session:
        session.await_text("ready")
        session.resize(50, 132)
        session.await_text("size 132 50")


def test_what_is_typed_is_echoed_by_it_alone_and_the_terminal_is_restored(heard_file: Path) -> None:
    script = '"$@"; echo back; cat'
    asks = python("import getpass; print('name', input('? ')); print('word', getpass.getpass('! '))")
    with in_terminal("bash", "-c", script, "bash", *relayed(heard_file, *asks)) as session:
        session.await_text("? ")
        session.type("Ada\r")
        session.await_text("! ")
        session.type("secret\r")
        session.await_text("back")
        assert session.echoes()
    assert session.output.count(b"Ada") == 2
    assert session.output.count(b"secret") == 1


def test_more_is_typed_than_is_read(heard_file: Path) -> None:
    code = "import time, tty, sys; tty.setcbreak(0); print('ready', flush=True)\n"
    code += "for n in range(20): print('still', n, flush=True); time.sleep(0.05)\n"
    with in_terminal(*relayed(heard_file, *python(code))) as session:
        session.await_text("ready")
        for _piece in range(20):
            session.type("x" * 1_000)
        session.await_text("still 19")
        assert session.await_end() == 0


def test_ctrl_z_stops_and_fg_goes_on(heard_file: Path) -> None:
    counts = python("import sys\nfor line in sys.stdin: print('got', line.strip(), flush=True)")
    with in_terminal("bash", "--norc", "--noprofile", "-i") as shell:
        shell.type("PS1='$ '\r")
        shell.type(shlex.join(relayed(heard_file, *counts)) + "\r")
        shell.type("one\r")
        shell.await_text("got one")
        shell.type("\x1a")
        shell.await_text("Stopped")
        shell.type("echo the shell is $((1 + 1))\r")
        shell.await_text("the shell is 2")
        shell.resize(30, 100)
        shell.type("fg; echo over $?\r")
        shell.await_text("-m", times=2)
        shell.type("two\r")
        shell.await_text("got two")
        shell.type("\x04")
        shell.await_text("over 0")
        shell.type("exit 3\r")
        assert shell.await_end() == 3


def test_the_keys_stay_with_the_pager_that_it_is_piped_to(heard_file: Path) -> None:
    if shutil.which("less") is None:
        pytest.skip("less is not installed")
    script = '"$@" | less -S; echo "over ${PIPESTATUS[0]}"'
    lines = python("for n in range(1000): print('line', n)")
    with in_terminal("bash", "-c", script, "bash", *relayed(heard_file, *lines)) as session:
        session.await_text("line 5")
        session.type("G")
        session.await_text("line 999")
        session.type("q")
        session.await_text("over ")


CURSES = """
import curses
def main(screen):
    curses.curs_set(0)
    while True:
        screen.erase()
        screen.addstr(1, 2, f"size {screen.getmaxyx()}")
        screen.addstr(2, 2, "press")
        screen.refresh()
        key = screen.getkey()
        if key == "q": return
        screen.addstr(3, 2, f"key {key}")
        screen.refresh()
        if screen.getkey() == "q": return
curses.wrapper(main)
print("done")
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (python(CURSES), [("press", "k"), ("key k", "q")]),
        (["less", "README.md"], [("", "G"), ("", "q")]),
        (["vim", "-u", "NONE", "-i", "NONE", "-n"], [("VIM", ":q!\r")]),
        (["nano", "--ignorercfiles"], [("nano", "\x18")]),
    ],
    ids=["curses", "less", "vim", "nano"],
)
def test_a_program_that_has_the_whole_screen_draws_the_same(
    heard_file: Path, command: list[str], keys: list[tuple[str, str]]
) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")

    def drawn(whole: list[str]) -> tuple[int, bytes]:
        with in_terminal(*whole) as session:
            for text, key in keys:
                session.await_text(text or "\x1b")
                session.type(key)
            return session.await_end(), session.output

    assert drawn(relayed(heard_file, *command)) == drawn(command)


def test_it_ends_when_its_terminal_is_closed(heard_file: Path) -> None:
    session = in_terminal(
        *relayed(
            heard_file,
            *python("import os, time; print(os.getpid(), 'is here', flush=True); time.sleep(1000)"),
        )
    )
    with session:
        pid = int(session.await_text("is here").split()[0])
        command = psutil.Process(pid)
        os.kill(session.pid, signal.SIGKILL)
        wait_until(lambda: not command.is_running() or command.status() == psutil.STATUS_ZOMBIE, "its end")
