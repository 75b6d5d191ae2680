"""What is known of an editor, and of one that was found here."""

from enum import StrEnum

from msgspec import Struct


class Server(StrEnum):
    """Editors that run, and take files by a socket."""

    NONE = ""
    NEOVIM = "neovim"
    EMACS = "emacs"


class Editor(Struct, frozen=True, kw_only=True):
    """One row of the table of editors.

    `arguments` are templates (`template.py`), one for each argument behind the command. `commands` are the
    names that it is called by, the first one preferred; `processes` are other names that it runs under.
    `desktop` are names of its desktop entries. `mac` are paths below an Applications folder, and `windows`
    below one for programs, with wildcards. `only_on` are the platforms on which a command of its name is it;
    all where there are none. With `in_terminal`, it needs a terminal to run in. With `by_keys`, what it is
    handed becomes a command line in it, which a line break in a name would end.
    """

    key: str
    name: str
    commands: tuple[str, ...]
    arguments: tuple[str, ...]
    processes: tuple[str, ...] = ()
    desktop: tuple[str, ...] = ()
    mac: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    only_on: tuple[str, ...] = ()
    in_terminal: bool = False
    by_keys: bool = False
    server: Server = Server.NONE


class Found(Struct, frozen=True, kw_only=True):
    """An editor of this machine. `command` is what comes before its arguments; `why` says where it was
    found.
    """

    editor: Editor
    command: tuple[str, ...]
    why: str = ""
    runs: bool = False
