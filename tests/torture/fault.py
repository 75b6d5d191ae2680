"""A fault: what is done to a running engine, and how often."""

from collections.abc import Callable

from msgspec import Struct

from tests.torture.arena import Arena
from tests.torture.outcome import Outcome


class Fault(Struct, frozen=True):
    """Something that is done to an engine. `act` does it `short` or `long` times in an arena of its own.

    `short` is 0 where the fault takes too long for `make test`. `needs` names what the machine must have
    (`root`, `faketime`); without that the fault is left out. `environment` is added to the engine's.
    """

    name: str
    act: Callable[[Arena, int], Outcome]
    short: int
    long: int
    needs: tuple[str, ...] = ()
    environment: dict[str, str] = {}
