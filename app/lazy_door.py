"""A package's lazy door (PEP 562): its modules load when their names are first used, not when it is imported.

So imports stand at the top of every file, and a window or a command still waits for nothing that it does not
use: `from app import store` costs nothing, the first `store.issues` loads SQLAlchemy. The package names its
modules once more under `TYPE_CHECKING`, for type checkers, import contracts and readers.
"""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_door(package: str, rooms: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of `package`.

    `rooms` says for each part of the package, itself being "", which modules are there, separated by blanks.
    """
    modules = {
        name: ".".join(filter(None, (package, room, name)))
        for room, names in rooms.items()
        for name in names.split()
    }

    def load(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(modules[name])

    return load
