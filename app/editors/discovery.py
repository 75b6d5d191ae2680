"""Which editors are on this machine, the likeliest first: what runs now, $VISUAL, $EDITOR, what is
installed.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from app.editors import desktop_entries, install_places, running, servers
from app.editors.editor import Editor, Found, Server
from app.editors.table import EDITORS, called, named
from app.platforms import command_words, program_search, registry
from app.platforms.registry import Registry

_WAITING = ("--wait", "-w")


class Machine:
    """What is looked at. Tests hand in a machine of their own."""

    environ: Mapping[str, str] = os.environ
    platform: str = sys.platform
    registry: Registry = registry.here()

    def which(self, command: str) -> str | None:
        """The program of this name on the PATH; None where there is none."""
        return program_search.find(command, self.environ, self.platform)

    def processes(self) -> Iterator[running.Process]:
        """What runs."""
        return running.processes()


HERE = Machine()


def find_all(machine: Machine = HERE) -> list[Found]:
    """Every editor that was found, the likeliest first. Takes a tenth of a second: not for the UI thread."""
    found: dict[str, Found] = {}
    for each in (*_running(machine), *_from_environment(machine), *_installed(machine)):
        found.setdefault(each.editor.key, each)
    return list(found.values())


def find(key: str, machine: Machine = HERE) -> Found | None:
    """The editor with this key, if it is here: looked for where that is quick first."""
    editor = named(key)
    if editor is None:
        return None
    if (found := _on_path(editor, machine)) is not None:
        return found
    return next((each for each in find_all(machine) if each.editor.key == key), None)


def _running(machine: Machine) -> Iterator[Found]:
    for kind in (Server.NEOVIM, Server.EMACS):
        if servers.find(kind, environ=machine.environ, platform=machine.platform) is not None:
            for editor in EDITORS:
                if editor.server is kind and (program := machine.which(editor.commands[0])):
                    yield Found(editor=editor, command=(program,), why="runs now", runs=True)
    for editor, program in running.editors(machine.processes()).values():
        on_path = _on_path(editor, machine)
        command = on_path.command if on_path is not None else (program,) if program else ()
        if not command:
            installed = (each for each in _elsewhere(machine) if each.editor.key == editor.key)
            command = next((each.command for each in installed), ())
        if command:
            yield Found(editor=editor, command=command, why="runs now", runs=True)


def _from_environment(machine: Machine) -> Iterator[Found]:
    for variable in ("VISUAL", "EDITOR"):
        try:
            words = command_words.split(machine.environ.get(variable, ""), machine.platform)
        except ValueError:
            continue
        editor = called(words[0]) if words else None
        if editor is None:
            continue
        program = machine.which(words[0])
        if program is not None:
            more = (word for word in words[1:] if word not in _WAITING)
            yield Found(editor=_fitting(editor, program), command=(program, *more), why=f"${variable}")


def _installed(machine: Machine) -> Iterator[Found]:
    for editor in EDITORS:
        # A server that does not run can be asked for nothing.
        if not editor.server and (found := _on_path(editor, machine)) is not None:
            yield found
    yield from _elsewhere(machine)


def _elsewhere(machine: Machine) -> Iterator[Found]:
    if machine.platform not in ("win32", "darwin"):
        for found in desktop_entries.find(machine.environ):
            program = machine.which(found.command[0])
            if program is not None and _fitting(found.editor, program) is found.editor:
                yield replace(found, command=(program, *found.command[1:]))
    yield from install_places.find(machine.environ, machine.platform, machine.registry)


def _on_path(editor: Editor, machine: Machine) -> Found | None:
    if editor.only_on and machine.platform not in editor.only_on:
        return None
    for command in editor.commands:
        if (program := machine.which(command)) is not None and _fitting(editor, program) is editor:
            return Found(editor=editor, command=(program,), why="on the PATH")
    return None


def _fitting(editor: Editor, program: str) -> Editor:
    """`editor`, or Emacs in a terminal where Emacs was built without windows."""
    if editor.key == "emacs" and Path(program).resolve().name.endswith("-nox"):
        return named("emacs-terminal") or editor
    return editor
