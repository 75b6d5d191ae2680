"""Finds the line of a settings file that a fault is about: the parser of TOML does not keep it."""

import re
from pathlib import Path

_PATH = re.compile(r"`\$((?:\.\w+|\[\.\.\.\]|\[\d+\])+)`")
_UNKNOWN = re.compile(r"unknown field `(\w+)`")
_TABLE = re.compile(r"\s*\[\s*([\w.\s\"'-]+?)\s*\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")


def line_of(fault: str, file: Path) -> int | None:
    """The line, from 1, of the setting that the `fault` of a check names; None where it is not there."""
    wanted = _wanted(fault)
    if not wanted:
        return None
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    table: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        if (header := _TABLE.fullmatch(line)) is not None:
            table = _names(header[1])
            if table == wanted:
                return number
        elif (key := _KEY.match(line)) is not None and (*table, *_names(key[1])) == wanted:
            return number
    return None


def _wanted(fault: str) -> tuple[str, ...]:
    path = _PATH.search(fault)
    names = tuple(re.findall(r"\.(\w+)", path[1])) if path is not None else ()
    unknown = _UNKNOWN.search(fault)
    return names if unknown is None else (*names, unknown[1])


def _names(written: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in written.split("."))
