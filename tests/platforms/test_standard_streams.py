"""Standard streams are there in every process, and speak UTF-8 where Windows would not."""

import errno
import subprocess
import sys

import pytest

from app.platforms import standard_streams


def run(code: str, *, encoding: str = "cp1252", given: bytes = b"") -> bytes:
    return subprocess.run(
        [
            sys.executable,
            "-X",
            "utf8=0",
            "-c",
            f"import sys\nfrom app.platforms import standard_streams\n{code}",
        ],
        env={"PYTHONIOENCODING": encoding},
        input=given,
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout


def test_a_pipe_of_windows_is_utf_8_with_plain_line_ends() -> None:
    code = 'sys.stdout.reconfigure(newline="\\r\\n"); standard_streams.prepare("win32"); print("\\u2713 ä")'
    assert run(code) == "✓ ä\n".encode()
    code = 'standard_streams.prepare("win32"); print(ascii(sys.stdin.read()))'
    assert run(code, given="\u2713".encode()) == b"'\\u2713'\n"


def test_elsewhere_a_persons_encoding_stays() -> None:
    assert run('standard_streams.prepare("linux"); print("ä")') == "ä\n".encode("cp1252")


def test_a_program_without_a_console_has_streams_all_the_same() -> None:
    code = (
        "sys.stdin = sys.stdout = sys.stderr = None; standard_streams.prepare()\n"
        "print('nobody reads this'); assert sys.stdin.read() == ''; sys.__stdout__.write('done')"
    )
    assert run(code) == b"done"


def test_what_is_printed_goes_to_stderr() -> None:
    assert run("standard_streams.send_output_to_errors(); print('x', flush=True)") == b""


@pytest.mark.parametrize(
    ("error", "platform", "is_closed"),
    [
        (BrokenPipeError(), "linux", True),
        (BrokenPipeError(), "win32", True),
        (OSError(errno.EINVAL, "Invalid argument"), "win32", True),
        (OSError(errno.EINVAL, "Invalid argument"), "linux", False),
        (OSError(errno.ENOSPC, "No space left"), "win32", False),
    ],
)
def test_a_reader_that_has_gone_is_known(error: OSError, platform: str, is_closed: bool) -> None:
    assert standard_streams.is_closed_pipe(error, platform) is is_closed
