"""A fault: what is done to an engine, and how often."""

from collections.abc import Callable

from msgspec import Struct

from tests.torture.arena import Arena
from tests.torture.outcome import Outcome


class Fault(Struct, frozen=True):
    """Something that is done to an engine. `act` does it `short` or `long` times in an arena of its own.

    One that is 0 times `short` takes too long for every run of the tests.

    `needs` names what the machine must have (`root`, `faketime`); elsewhere the fault is left out.
    """

    name: str
    act: Callable[[Arena, int], Outcome]
    short: int
    long: int
    needs: tuple[str, ...] = ()
    environment: dict[str, str] = {}
