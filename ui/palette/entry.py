"""What the palette offers."""

from collections.abc import Callable
from enum import Enum

from msgspec import Struct


class Kind(Enum):
    """What an entry is, as the palette says it."""

    COMMAND = "Command"
    PLACE = "View"
    PROJECT = "Project"
    SETTING = "Setting"
    ISSUE = "Issue"


class Entry(Struct, frozen=True, eq=False, kw_only=True):
    """One thing to choose. `key` names it among what was chosen last; empty, it is not remembered.

    `words` are what else it is found by. With a `reason` it cannot be chosen now.
    """

    kind: Kind
    title: str
    run: Callable[[], None]
    key: str = ""
    detail: str = ""
    words: str = ""
    shortcut: str = ""
    icon: str = ""
    reason: str = ""
