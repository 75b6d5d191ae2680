"""The keys in force: those of the table, and what a person has changed of them.

Everything that shows or takes a key asks here, and listens to `changed`. A key is written as Qt's portable
text: "Ctrl+Shift+C"; "G, I" is G and then I.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from ui.commands.table import BY_NAME, COMMANDS

Changes = Mapping[str, tuple[str, ...]]
LONGEST_SEQUENCE = 4
_MODIFIERS = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+")
_MAC_SIGNS = (("Meta", "⌃"), ("Alt", "⌥"), ("Shift", "⇧"), ("Ctrl", "⌘"))


class Keymap(QObject):
    """`changed`: a command has other keys now."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: dict[str, tuple[str, ...]] = {}

    def use(self, changes: Changes) -> None:
        """Use these keys instead of the table's, and ignore unknown commands and what is no key."""
        known = {
            name: tuple(key for key in map(canonical, keys) if key)
            for name, keys in changes.items()
            if name in BY_NAME
        }
        if known != self._changes:
            self._changes = known
            self.changed.emit()

    def is_changed(self, name: str) -> bool:
        """Whether a command has other keys than the table's."""
        return name in self._changes

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a command as portable text, the one that is shown first; without the platform's own."""
        changed = self._changes.get(name)
        return tuple(map(canonical, BY_NAME[name].keys)) if changed is None else changed

    def sequences(self, name: str) -> list[QKeySequence]:
        """All keys of a command; unless a person has changed them, with the platform's own.

        Of those the table wins: some desktops find the next match by Ctrl+G, too.
        """
        changed = self._changes.get(name)
        if changed is not None:
            return [QKeySequence(key) for key in changed]
        return [each for each in BY_NAME[name].sequences() if not _is_anothers(each.toString(), name)]

    def shown(self, name: str) -> str:
        """The first key of a command as people read it, empty without one."""
        keys = self.keys(name)
        return key_text(keys[0]) if keys else ""

    def owners(self, key: str, but: str = "") -> list[str]:
        """The commands that have this key, or one that begins with it, or with which it begins."""
        return [
            command.name
            for command in COMMANDS
            if command.name != but
            and any(clash(key, theirs.toString()) for theirs in self.sequences(command.name))
        ]

    def following(self, prefix: str) -> Iterator[tuple[str, str]]:
        """What can follow after this first key: the next keys as people read them, and the command."""
        for command in COMMANDS:
            for key in self.keys(command.name):
                first, *rest = parts(key)
                if rest and first == prefix:
                    yield " ".join(map(key_text, rest)), command.name


def canonical(key: str) -> str:
    """The key as Qt writes it; empty, if it is none."""
    text = QKeySequence(key).toString()
    return text if all(parts(text)) else ""


def parts(key: str) -> list[str]:
    """The keys of a sequence, one after the other."""
    return key.split(", ")


def clash(one: str, other: str) -> bool:
    """Whether one of two sequences begins with the other: Qt would wait, or take neither."""
    shorter, longer = sorted((parts(one), parts(other)), key=len)
    return longer[: len(shorter)] == shorter


def _is_anothers(key: str, name: str) -> bool:
    return any(command.name != name and clash(key, theirs) for command in COMMANDS for theirs in command.keys)


def key_text(key: str, platform: str = sys.platform) -> str:
    """A key as people read it: "G I" is G and then I. On a Mac, Qt's Ctrl is the key ⌘, and its Meta is ⌃."""
    text = " ".join(parts(key))
    return _MODIFIERS.sub(_as_on_a_mac, text) if platform == "darwin" else text


def _as_on_a_mac(modifiers: re.Match[str]) -> str:
    held = modifiers[0].split("+")
    # In the order in which the menus of macOS have them.
    return "".join(sign for name, sign in _MAC_SIGNS if name in held)


@cache
def keymap() -> Keymap:
    """The one `Keymap` of this program."""
    return Keymap()


def with_key(text: str, name: str) -> str:
    """`text` with the present key of a command behind it."""
    key = keymap().shown(name)
    return f"{text} ({key})" if key else text
