"""Editors that run now, by the list of this person's processes."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
from msgspec import Struct

from app.editors.editor import Editor
from app.editors.table import EDITORS

_JETBRAINS_SELECTOR = re.compile(r"-Didea\.paths\.selector=([A-Za-z]+)")
_JETBRAINS_PRODUCTS = {
    "IntelliJIdea": "idea",
    "IdeaIC": "idea",
    "PyCharm": "pycharm",
    "PyCharmCE": "pycharm",
    "WebStorm": "webstorm",
    "GoLand": "goland",
    "RubyMine": "rubymine",
    "PhpStorm": "phpstorm",
    "CLion": "clion",
    "Rider": "rider",
    "RustRover": "rustrover",
    "DataGrip": "datagrip",
    "AndroidStudio": "studio",
}


class Process(Struct, frozen=True):
    """What is looked at of a process. `program` is its file, empty where that is not known."""

    name: str
    program: str
    arguments: tuple[str, ...]


def processes() -> Iterator[Process]:
    """The processes of this person; those that end meanwhile are left out."""
    mine = psutil.Process().username()
    for process in psutil.process_iter(["name", "exe", "cmdline", "username"]):
        about = process.info
        if about["username"] == mine:
            yield Process(about["name"] or "", about["exe"] or "", tuple(about["cmdline"] or ()))


def editors(running: Iterable[Process]) -> dict[str, tuple[Editor, str]]:
    """The editors with a window of their own that run, by key, each with a program that starts it again
    or "".

    One in a terminal takes no file from outside, so that it runs says nothing.
    """
    found: dict[str, tuple[Editor, str]] = {}
    for process in running:
        editor = _editor(process)
        if editor is not None and not found.get(editor.key, ("", ""))[1]:
            found[editor.key] = (editor, _program(editor, process))
    return found


def _editor(process: Process) -> Editor | None:
    names = {_name(process.name), _name(process.program), _name(next(iter(process.arguments), ""))}
    product = next(
        (found[1] for word in process.arguments if (found := _JETBRAINS_SELECTOR.match(word))), None
    )
    key = _JETBRAINS_PRODUCTS.get(product or "")
    for editor in EDITORS:
        if editor.in_terminal or editor.server:
            continue
        bundles = {path.split("/")[0] for path in editor.mac}
        if editor.key == key or names & {*editor.commands, *editor.processes}:
            return editor
        if any(f"/{bundle}/" in process.program for bundle in bundles):
            return editor
    return None


def _program(editor: Editor, process: Process) -> str:
    """The program to start again; a runtime (java, electron) or a helper is none."""
    if _name(process.program) in (*editor.commands, *editor.processes):
        return process.program
    # A JetBrains IDE runs in its own java: <home>/jbr/bin/java
    home = Path(process.program).parent.parent.parent
    for name in editor.commands:
        if process.program and (home / "bin" / name).is_file():
            return str(home / "bin" / name)
    return ""


def _name(program: str) -> str:
    return program.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe")
