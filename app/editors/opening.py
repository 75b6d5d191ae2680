"""Opens a place in a file in the editor that the person has chosen."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from app.editors import discovery, launch, servers, template, terminals
from app.editors.editor import Found, Server
from app.editors.launch import EditorFailed, Started
from app.editors.table import named
from app.local_files.locate import LocalFile
from app.plain_text import one_line
from app.preferences import Preferences

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NO_SERVER = {
    Server.NEOVIM: "No Neovim listens on a socket. Start nvim, or choose another editor in the preferences.",
    Server.EMACS: (
        "No Emacs listens for files. Run M-x server-start in it, or choose another editor in the preferences."
    ),
}


class ChosenEditor(Struct, frozen=True, kw_only=True):
    """How files are opened: a command that was looked up beforehand, so that nothing waits for it."""

    name: str
    command: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    in_terminal: bool = False
    by_keys: bool = False
    server: Server = Server.NONE

    @property
    def is_own_template(self) -> bool:
        """Whether the person wrote the command: its arguments are in `command` then."""
        return not self.arguments


def of_found(found: Found) -> ChosenEditor:
    """An editor that was found, to open files with."""
    editor = found.editor
    return ChosenEditor(
        name=editor.name,
        command=found.command,
        arguments=editor.arguments,
        in_terminal=editor.in_terminal,
        by_keys=editor.by_keys,
        server=editor.server,
    )


def of_template(text: str, *, in_terminal: bool = False) -> ChosenEditor:
    """A command that a person wrote. Raises `template.TemplateError`."""
    arguments = template.split(text)
    return ChosenEditor(name=Path(arguments[0]).name, command=arguments, in_terminal=in_terminal)


def chosen_editor(chosen: Preferences, machine: discovery.Machine = discovery.HERE) -> ChosenEditor | None:
    """The editor of the preferences; None where a person must be asked. Looks at the disk.

    Raises `EditorFailed` when the chosen one is not here, `template.TemplateError` for its template.
    """
    if chosen.editor:
        found = discovery.find(chosen.editor, machine)
        if found is None:
            editor = named(chosen.editor)
            name = editor.name if editor is not None else chosen.editor
            raise EditorFailed(
                f"{name} was chosen as the editor, and is not found on this machine any more. Choose "
                f"another one in "
                "the preferences."
            )
        return of_found(found)
    if chosen.editor_command:
        return of_template(chosen.editor_command, in_terminal=chosen.editor_in_terminal)
    return None


def command(
    editor: ChosenEditor, place: LocalFile, environ: Mapping[str, str] = os.environ, *, here: bool = False
) -> list[str]:
    """The whole command for a place, each argument whole. `here`: the terminal that one needs is there
    already.

    Raises `EditorFailed`.
    """
    if editor.by_keys and _CONTROL.search(str(place.path)):
        raise EditorFailed(
            f"The name of {one_line(str(place.path))} has control characters, which {editor.name} would read "
            "as keys. Open it by hand, or choose another editor in the preferences."
        )
    server = ""
    if editor.server:
        server = servers.find(editor.server, place.path, environ) or ""
        if not server:
            raise EditorFailed(_NO_SERVER[editor.server])
    values = template.values(str(place.path), place.line, place.column, server)
    try:
        if editor.is_own_template:
            whole = template.fill(editor.command, values)
        else:
            whole = [*editor.command, *template.fill(editor.arguments, values)]
        return terminals.within(whole, environ) if editor.in_terminal and not here else whole
    except (template.TemplateError, terminals.NoTerminal) as error:
        raise EditorFailed(str(error)) from error


def start(editor: ChosenEditor, place: LocalFile) -> Started:
    """Open the place; returns as soon as the editor was started. Raises `EditorFailed`."""
    folder = place.root if place.root is not None else place.path.parent
    return launch.start(command(editor, place), folder, console=editor.in_terminal)


def run_here(editor: ChosenEditor, place: LocalFile) -> None:
    """Open the place in the terminal of this process, and wait for the editor. Raises `EditorFailed`."""
    launch.run_here(command(editor, place, here=True), place.root or place.path.parent)


def described(place: LocalFile) -> str:
    """`cart.py:42`, for a short message."""
    name = one_line(place.path.name)
    return name if place.line is None else f"{name}:{place.line}"
