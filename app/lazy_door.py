"""A package's lazy door: its modules load when their names are first used, not when the package is imported.

So imports stand at the top of every file, and neither the window nor a command loads what it does not use:
`from app import store` costs nothing, the first `store.issues` loads SQLAlchemy. The package imports the same
modules under `TYPE_CHECKING`, for type checkers, import contracts and readers.

Source: PEP 562, https://peps.python.org/pep-0562/
"""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_door(package: str, rooms: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of `package`; it raises `AttributeError` for unknown names.

    `rooms` maps each subpackage ("" for the package itself) to the names of its modules, separated by blanks.
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
