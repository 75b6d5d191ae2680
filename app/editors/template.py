"""A command as a template, such as `code --goto {file}:{line}:{column}`: split once, then filled in.

Nothing that is filled in is split, expanded or unquoted again: a file's name ends up in one argument whole.
"""

import re
import sys
from collections.abc import Mapping, Sequence

from app.platforms import command_words

_PLACEHOLDER = re.compile(r"\{([a-z_]+[0-9]?)\}")
# What a person may write, and what only the table of editors uses.
OFFERED = ("file", "line", "column")
_KNOWN = (*OFFERED, "column0", "vim_string", "emacs_file", "server")
_REMOTE = re.compile(r"/[^/]*:")
_SHELLS = frozenset("sh bash dash zsh ksh fish csh tcsh cmd powershell pwsh".split())


class TemplateError(Exception):
    """The template cannot be used; the text is a sentence for people."""


def split(text: str, platform: str = sys.platform) -> tuple[str, ...]:
    """The arguments of the template `text`, by the platform's rules of quoting. Raises `TemplateError`.

    Without `{file}`, the file is the last argument.
    """
    try:
        arguments = command_words.split(text, platform)
    except ValueError as error:
        raise TemplateError(f"A quote is not closed ({error}). Put one more behind it.") from error
    if not arguments:
        raise TemplateError("The command is empty. Write one, such as: code --goto {file}:{line}:{column}")
    for argument in arguments:
        for name in _PLACEHOLDER.findall(argument):
            if name not in OFFERED:
                raise TemplateError(f"{{{name}}} is not known here. Use {{file}}, {{line}} and {{column}}.")
    if any("{file}" in argument for argument in arguments[:1]):
        raise TemplateError("The command must not be the file itself. Write the editor's name first.")
    program = arguments[0].replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe")
    if program in _SHELLS and any("{file}" in argument and argument != "{file}" for argument in arguments):
        raise TemplateError(
            f"{program} would read the file's name as a command. Name the editor itself, or give {{file}} as "
            "an argument of its own."
        )
    return (*arguments, *(() if any("{file}" in argument for argument in arguments) else ("{file}",)))


def fill(arguments: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """The arguments with `values` in the places of their names. Raises `TemplateError` where one is
    missing.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            if name in _KNOWN:
                raise TemplateError(f"There is nothing to put in the place of {{{name}}}.")
            return found[0]
        return values[name]

    return [_PLACEHOLDER.sub(value, argument) for argument in arguments]


def values(path: str, line: int | None, column: int | None, server: str = "") -> dict[str, str]:
    """What is filled in for a place in a file; where line or column are not known, the first is meant."""
    at_line, at_column = max(line or 1, 1), max(column or 1, 1)
    found = {
        "file": path,
        "line": str(at_line),
        "column": str(at_column),
        "column0": str(at_column - 1),
        "vim_string": "'" + path.replace("'", "''") + "'",
        # Emacs would connect to another machine for /ssh:host:/file; after /: a name is only a name.
        "emacs_file": f"/:{path}" if _REMOTE.match(path) else path,
    }
    if server:
        found["server"] = server
    return found
