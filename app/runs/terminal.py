"""Our terminal while a command has a pseudo-terminal in its place: raw, so that every key is passed on."""

import fcntl
import os
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# `pipe_relay` is for what has no pseudo-terminals.
assert sys.platform != "win32"

_CONTROLLING = "/dev/tty"


def is_in_foreground() -> bool:
    """Whether the terminal sends Ctrl-C to us: and then also to whoever is in our process group."""
    try:
        terminal = os.open(_CONTROLLING, os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


def open_pair(*, is_controlling: bool) -> tuple[int, int]:
    """A pseudo-terminal with the size and the settings of ours; the end that we keep, and the command's.

    Where it does not control the command, our own terminal still ends the lines.
    """
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)
    copy_size(ours)
    settings = termios.tcgetattr(theirs)
    for fd in (1, 2, 0):
        if os.isatty(fd):
            settings = termios.tcgetattr(fd)
            break
    if not is_controlling:
        settings[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, settings)
    return ours, theirs


def copy_size(pseudo: int) -> None:
    """Give the pseudo-terminal the size of ours; its programs are told by the kernel."""
    for ours in (1, 2, 0):
        if os.isatty(ours):
            size = fcntl.ioctl(ours, termios.TIOCGWINSZ, b"\0" * 8)
            with suppress(OSError):
                fcntl.ioctl(pseudo, termios.TIOCSWINSZ, size)
            return


@contextmanager
def passing_keys() -> Iterator[list[object]]:
    """Our terminal passes on every key; yields its settings of before, which are restored."""
    before = termios.tcgetattr(0)
    tty.setraw(0, termios.TCSADRAIN)
    try:
        yield before
    finally:
        # A terminal that has gone has no settings.
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSADRAIN, before)


@contextmanager
def as_before(settings: list[object]) -> Iterator[None]:
    """Within `passing_keys`, for a while: the terminal is the shell's."""
    termios.tcsetattr(0, termios.TCSADRAIN, settings)  # type: ignore[arg-type]
    try:
        yield
    finally:
        tty.setraw(0, termios.TCSADRAIN)
