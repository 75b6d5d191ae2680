"""The manual page, out of the parser of the command line: what `--help` says, and the page cannot differ.

Written here because what exists for it (argparse-manpage) comes as source only, which the locks do not allow.
The form is groff's: https://man7.org/linux/man-pages/man7/groff_man.7.html
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from app.cli.arguments.parser import parser
from app.version import VERSION
from setup.packages.places import epoch

_BEFORE = r"""
.SH DESCRIPTION
Arecibo takes errors in from any local app that has an error client, on
.IR http://127.0.0.1:1974 ,
and shows them in one window, grouped. Without a command it opens the window, and starts its engine; without a
display it runs the engine with a live tail in the terminal. A file that Arecibo has exported, or an address
such as
.IR arecibo://issue/7 ,
is shown in the window.
"""
_AFTER = r"""
.SH EXIT STATUS
0 done; 1 failed (no such event, not arrived, a job that failed); 2 wrong usage, or a setting that cannot be
used; 3 an error of the environment (port taken, folder locked, no store yet, a store from a newer version).
.SH ENVIRONMENT
.TP
.B ARECIBO_DATA_DIR
The folder of the error store.
.TP
.BR ARECIBO_PORT ", " ARECIBO_HOST
Where the engine listens. Every setting has such a variable.
.SH FILES
.TP
.I ~/.local/share/arecibo/
The error store.
.TP
.I ~/.config/arecibo/settings.toml
Settings; the window's preferences write them, too.
.TP
.I ~/.config/arecibo/listeners.py
Your own code, called for what is filed.
"""


def text() -> str:
    """The whole page."""
    whole = parser()
    whole.prog = "arecibo"
    built = f"{datetime.fromtimestamp(epoch(), UTC):%Y-%m-%d}"
    parts = [
        f'.TH ARECIBO 1 "{built}" "Arecibo {VERSION}" "User Commands"',
        ".SH NAME",
        r"arecibo \- a desktop error inbox",
        ".SH SYNOPSIS",
        ".B arecibo\n[\\fIFLAGS\\fR] [\\fICOMMAND\\fR ...]",
        _BEFORE.strip(),
        ".SH FLAGS",
        *_options(whole),
        ".SH COMMANDS",
        *_commands(whole, ()),
        _AFTER.strip(),
    ]
    return "\n".join(parts) + "\n"


def _commands(of: argparse.ArgumentParser, before: tuple[str, ...]) -> Iterator[str]:
    for action in of._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {choice.dest: choice.help for choice in action._choices_actions}
        for name, command in action.choices.items():
            words = (*before, name)
            positional = [_shown(each) for each in command._actions if _is_argument(each)]
            yield f".SS arecibo {' '.join((*map(_plain, words), *positional))}"
            yield _sentence(helps.get(name) or "")
            yield from _options(command)
            yield from _commands(command, words)


def _is_argument(action: argparse.Action) -> bool:
    return not action.option_strings and not isinstance(action, argparse._SubParsersAction)


def _options(of: argparse.ArgumentParser) -> Iterator[str]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        if action.help is argparse.SUPPRESS or (_is_argument(action) and not action.help):
            continue
        flags = ", ".join(f"\\fB{_plain(flag)}\\fR" for flag in action.option_strings)
        value = _shown(action) if action.nargs != 0 else ""
        yield ".TP"
        yield f"{flags} {value}".strip()
        yield _sentence(action.help or "")


def _shown(action: argparse.Action) -> str:
    """An argument, or the value of a flag, as the usage shows it."""
    if action.choices is not None:
        return f"\\fI{_plain('|'.join(map(str, action.choices)))}\\fR"
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    many = "..." if action.nargs in ("+", "*", argparse.REMAINDER) else ""
    return f"\\fI{_plain(name)}\\fR{many}"


def _sentence(words: str) -> str:
    words = words.replace("%%", "%").strip()
    whole = f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '?')) else '.'}"
    return _plain(whole)


def _plain(words: str) -> str:
    """Text that groff takes as it stands."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
