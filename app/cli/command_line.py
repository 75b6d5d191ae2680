"""The command line: a contract that scripts rely on (the table is in docs/command-line.md).

Parsing is apart from doing, so that the window starts without loading what only commands need.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from app import settings as settings_module
from app.cli import commands
from app.cli.arguments import flags
from app.cli.arguments.parser import parser
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, USAGE_ERROR
from app.desktop import app_link
from app.desktop.app_link import AppLink
from app.plain_text import one_line, say
from app.platforms import standard_streams
from app.settings import Settings, SettingsError

# The commands that run another one, and how many arguments of their own stand before it.
_RUNNING = {"run": 0, "verify": 1}
# The flags that may stand before it, and have a value.
_WITH_VALUE = frozenset(("--data-dir", "--host", "--port", "--project", "--timeout", "--budget"))

OpenWindow = Callable[[Settings], int]
OpenLink = Callable[[Settings, AppLink], int]


def main(arguments: Sequence[str], open_window: OpenWindow, open_link: OpenLink | None = None) -> int:
    """Do what the command line says. `open_link` opens the window at an address such as arecibo://issue/7.

    Returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 an environment error.
    """
    standard_streams.prepare()
    ours, theirs = _split(arguments)
    given = _flags_alone(arguments) or parser().parse_args(_as_command(ours))
    if theirs is not None:
        given.arguments = theirs
    overrides = {name: getattr(given, name, None) for name in ("host", "port", "data_dir")}
    try:
        settings = settings_module.load(overrides)
    except SettingsError as error:
        say(error, error=True)
        return USAGE_ERROR
    settings_module.use(settings, settings_module.overrides(overrides))
    if given.command == "open-url":
        return _open_link(settings, given.url, open_link)
    if given.command is None:
        if has_display(os.environ, sys.platform):
            return open_window(settings)
        say("There is no display, so the engine runs in this terminal. Press Ctrl-C to stop it.\n")
        given.command = "live"
    try:
        return commands.run(settings, given)
    except OSError as error:
        if not standard_streams.is_closed_pipe(error):
            raise
        # The reader of our output has gone (`… | head`): that is how such a pipe ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str] | None]:
    """Our arguments, and those of the command that `run` or `verify` runs, which mean nothing to us.

    None for the second where there is no such command. Without the `--` before it, the command begins with
    the first argument behind `run` that is no flag of ours.
    """
    at = 0
    while at < len(arguments) and arguments[at].startswith("-") and arguments[at] != "--":
        at += 2 if arguments[at] in _WITH_VALUE else 1
    name = arguments[at] if at < len(arguments) else ""
    if name not in _RUNNING:
        return list(arguments), None
    at += 1
    mine = _RUNNING[name]
    while at < len(arguments) and arguments[at] != "--":
        if not arguments[at].startswith("-"):
            if not mine:
                return list(arguments[:at]), list(arguments[at:])
            mine -= 1
        at += 2 if arguments[at] in _WITH_VALUE else 1
    return list(arguments[:at]), list(arguments[at + 1 :])


def _as_command(arguments: Sequence[str]) -> list[str]:
    """The arguments, with the command put before an address that stands alone, as a desktop gives it."""
    # Behind `--query` it is what is searched for.
    ends = (at for at, each in enumerate(arguments) if each == "--" and arguments[at - 1 : at] != ["--query"])
    end = next(ends, len(arguments))
    ours, others = list(arguments[:end]), list(arguments[end:])
    if ours and app_link.looks_like_one(ours[-1]) and "open-url" not in ours:
        return [*ours[:-1], "open-url", ours[-1], *others]
    return [*_with_query(ours), *others]


def _with_query(arguments: Sequence[str]) -> list[str]:
    """The arguments, a search joined to its flag: one that begins with a hyphen would be taken for a flag."""
    joined = list(arguments)
    if "--query" in joined[:-1]:
        at = joined.index("--query")
        # argparse takes "--query=--" for the end of the flags, in spite of the flag before it.
        joined[at : at + 2] = [f"--query={' ' if joined[at + 1] == '--' else ''}{joined[at + 1]}"]
    return joined


def _open_link(settings: Settings, url: str, open_link: OpenLink | None) -> int:
    link = app_link.parse(url)
    if link is None or open_link is None:
        say(
            f"{one_line(url, 80)} is no address of Arecibo. They are arecibo://issue/NUMBER and "
            "arecibo://event/ID, where ID is 32 hex digits.",
            error=True,
        )
        return USAGE_ERROR
    if not has_display(os.environ, sys.platform):
        say("There is no display, so no window can show it.", error=True)
        return ENVIRONMENT_ERROR
    return open_link(settings, link)


def _flags_alone(arguments: Sequence[str]) -> argparse.Namespace | None:
    """The arguments, if they are flags only; None otherwise. The parser of all commands costs a frame."""
    try:
        alone = argparse.ArgumentParser(
            add_help=False, parents=[flags.everywhere(), flags.listening()], exit_on_error=False
        )
        given, rest = alone.parse_known_args(arguments)
    except argparse.ArgumentError:
        # The parser of all commands reports the mistake.
        return None
    given.command = None
    return None if rest else given


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a window could open here."""
    if environ.get("QT_QPA_PLATFORM"):
        return True
    unix_desktop = platform not in ("win32", "darwin")
    return not unix_desktop or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
