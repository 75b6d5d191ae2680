"""The engine's process: what it starts, in which order, and how it stops.

`door` opens the port and `cannot_start` says why not; both load nothing else, so that a client finds an open
port, and a person reads that it is taken, long before the engine has been loaded. `engine` is all the rest,
and takes most of a second to import: the names below load it when they are first asked for (PEP 562).
"""

from typing import TYPE_CHECKING

from app.engine.cannot_start import CannotStart as CannotStart

if TYPE_CHECKING:
    from app.engine.engine import Engine as Engine

__all__ = ["CannotStart", "Engine"]


def __getattr__(name: str) -> object:
    if name == "Engine":
        from app.engine.engine import Engine  # noqa: PLC0415 - the lazy door of this room

        return Engine
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
