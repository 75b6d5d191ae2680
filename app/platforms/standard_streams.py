"""Standard input, output and errors, as every command can rely on: they are there, and speak UTF-8.

Windows gives a program without a console no streams at all, and writes into pipes and files in the language
of the machine, with a carriage return before each line's end: no script and no window of ours reads that.
"""

import errno
import os
import sys
from io import TextIOWrapper


def prepare(platform: str = sys.platform) -> None:
    """Make them so; where they are so already, nothing changes."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
        elif platform == "win32" and isinstance(stream, TextIOWrapper) and not stream.isatty():
            if name == "stdin":
                stream.reconfigure(encoding="utf-8", errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", newline="\n")


def send_output_to_errors() -> None:
    """Have what this process prints go to stderr: stdout is read by a program, the window above all."""
    prepare()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def is_closed_pipe(error: OSError, platform: str = sys.platform) -> bool:
    """Whether writing failed because the reader of a pipe has gone; Windows calls that a wrong argument."""
    return isinstance(error, BrokenPipeError) or (platform == "win32" and error.errno == errno.EINVAL)
