"""A terminal to run an editor in: which one is here, and how it is asked to run a command."""

import os
import shlex
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# What stands between a terminal and the command that it runs. Those that take a command as one text, which
# they split again (LXTerminal, Tilix), are not used.
_BEFORE_COMMAND: dict[str, tuple[str, ...]] = {
    "xdg-terminal-exec": (),
    "x-terminal-emulator": ("-e",),
    "kitty": (),
    "ghostty": ("-e",),
    "wezterm": ("start", "--"),
    "alacritty": ("-e",),
    "foot": (),
    "footclient": (),
    "ptyxis": ("--",),
    "kgx": ("--",),
    "gnome-terminal": ("--",),
    "konsole": ("-e",),
    "xfce4-terminal": ("-x",),
    "mate-terminal": ("-x",),
    "terminator": ("-x",),
    "cosmic-term": ("-e",),
    "rio": ("-e",),
    "st": ("-e",),
    "urxvt": ("-e",),
    "rxvt": ("-e",),
    "xterm": ("-e",),
    "uxterm": ("-e",),
}
_MAC_TERMINAL = "/System/Applications/Utilities/Terminal.app"

Which = Callable[[str], str | None]


class NoTerminal(Exception):
    """There is no terminal to run an editor in; the text is a sentence for people."""


def within(
    command: Sequence[str],
    environ: Mapping[str, str] = os.environ,
    which: Which = shutil.which,
    platform: str = sys.platform,
) -> list[str]:
    """The command that runs `command` in a new terminal window. Raises `NoTerminal`."""
    if platform == "win32":
        return list(command)  # it gets a console of its own when it is started
    prefix = find(environ, which)
    if prefix is not None:
        return [*prefix, *command]
    if platform == "darwin":
        return ["open", "-a", _MAC_TERMINAL, str(_script(command))]
    raise NoTerminal(
        f"{Path(command[0]).name} runs in a terminal, and no terminal was found. Install one, such as "
        f"xterm, or name "
        "yours in $TERMINAL and start Arecibo again."
    )


def find(environ: Mapping[str, str] = os.environ, which: Which = shutil.which) -> tuple[str, ...] | None:
    """The terminal with what comes before a command: $TERMINAL, else the first one on the PATH."""
    try:
        chosen = shlex.split(environ.get("TERMINAL", ""))
    except ValueError:
        chosen = []
    if chosen and (program := which(chosen[0])):
        name = Path(chosen[0]).name
        return (program, *chosen[1:], *_BEFORE_COMMAND.get(name, ("-e",)))
    for name, before in _BEFORE_COMMAND.items():
        if program := which(name):
            return (program, *before)
    return None


def _script(command: Sequence[str]) -> Path:
    """A file that Terminal.app runs: it takes no command, only files.

    It is Python, so that no shell reads the arguments, and removes itself.
    """
    handle, name = tempfile.mkstemp(suffix=".command", prefix="arecibo-")
    lines = (
        f"#!{sys.executable}\nimport os\nos.unlink({name!r})\nos.execvp({command[0]!r}, {list(command)!r})\n"
    )
    with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(lines)
    script = Path(name)
    script.chmod(stat.S_IRWXU)
    return script
