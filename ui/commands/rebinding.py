"""What becomes of all keys when a person gives a command another one: a key is only one command's."""

from ui.commands.keymap import Keymap, canonical, clash
from ui.commands.table import BY_NAME

Changes = dict[str, tuple[str, ...]]


def assign(keymap: Keymap, changes: Changes, name: str, keys: tuple[str, ...]) -> Changes:
    """The changes with which a command has exactly these keys; others lose what would clash with them."""
    result = dict(changes)
    for key in keys:
        for other in keymap.owners(key, but=name):
            held = tuple(each.toString() for each in keymap.sequences(other)) if other not in result else None
            present = held if held is not None else result[other]
            result[other] = tuple(each for each in present if not clash(key, each))
    result[name] = keys
    return {each: those for each, those in result.items() if those != default(each)}


def reset(keymap: Keymap, changes: Changes, name: str) -> Changes:
    """The changes with which a command has the table's keys again."""
    result = {each: keys for each, keys in changes.items() if each != name}
    return assign(keymap, result, name, default(name))


def default(name: str) -> tuple[str, ...]:
    """The table's keys of a command."""
    return tuple(map(canonical, BY_NAME[name].keys))
