"""`main.py read`: logs, pipes, and logs that grow."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from app.cli.exit_codes import FAILED
from app.engine import folder_lock
from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT, EngineProcess, wait_until
from tests.runs import filed_events

MAIN = [sys.executable, str(ROOT / "main.py")]
TRACE = 'Traceback (most recent call last):\n  File "/srv/a.py", line 1, in f\n    x()\nValueError: {}\n'


def read(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MAIN, "read", "--data-dir", str(folder), *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        env=os.environ | {"ARECIBO_PORT": "0"},
        check=False,
    )


def test_logs_and_stdin_are_read_by_an_engine_of_its_own(tmp_path: Path) -> None:
    log, folder = tmp_path / "shop.log", tmp_path / "data"
    log.write_text(TRACE.format("of a file") + "\nINFO on\n", "utf-8")
    done = read(folder, str(log), "-", "--project", "shop", given=TRACE.format("of stdin"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 errors found.\n")
    values = {event.exceptions[0].value for event in filed_events.of(folder, "shop")}
    assert values == {"of a file", "of stdin"}
    assert not folder_lock.is_locked(folder)
    again = read(folder, str(log), "--project", "shop")
    assert again.stderr == "1 error found.\n"
    assert len(filed_events.of(folder, "shop")) == 2


def test_what_cannot_be_read_says_so(shared_engine: EngineProcess, tmp_path: Path) -> None:
    done = read(shared_engine.data_dir, str(tmp_path / "none.log"))
    assert (done.returncode, done.stderr) == (
        FAILED,
        f"{tmp_path / 'none.log'}: No such file or directory.\n",
    )


def test_a_log_is_followed_over_its_rotation_until_ctrl_c(
    shared_engine: EngineProcess, tmp_path: Path
) -> None:
    log = tmp_path / "shop.log"
    log.write_text("up\n" + TRACE.format("at first"), "utf-8")
    folder = shared_engine.data_dir
    command = [*MAIN, "read", "-f", str(log), "--project", "followed", "--data-dir", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:

        def has(*values: str) -> bool:
            return [event.exceptions[0].value for event in filed_events.of(folder, "followed")] == [*values]

        wait_until(lambda: has("at first"), "the first error")
        with log.open("a", encoding="utf-8") as file:
            file.write("on\n" + TRACE.format("then"))
        wait_until(lambda: has("at first", "then"), "the second error")
        log.rename(tmp_path / "shop.log.1")
        log.write_text("a new day\n" + TRACE.format("after that"), "utf-8")
        wait_until(lambda: has("at first", "then", "after that"), "the third error")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0
        assert process.stderr is not None
        assert process.stderr.read() == "3 errors found.\n"
