"""The faults of the engine's store, whichever store that is by now."""

from collections.abc import Callable, Mapping, Sequence

from app.clock import now_micros
from app.store.database import Database
from app.store.engine_state import faults
from app.store.engine_state.faults import Fault


class StoredFaults:
    """As `receiver.faults.FaultStore`; `database` returns the store that is open."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def listed(self) -> list[Fault]:
        """The faults in force. Raises `StoreFailure`, as the others do."""
        with self._database().reading() as connection:
            return faults.listed(connection, now_micros())

    def count(self, met: Mapping[tuple[int, int], int]) -> None:
        """Store how many requests have met each fault."""
        with self._database().writing() as connection:
            faults.count(connection, met)

    def end(self, over: Sequence[Fault]) -> None:
        """Delete these faults, unless they were set anew, and those whose time is over."""
        with self._database().writing() as connection:
            faults.remove(connection, over)
            faults.remove_over(connection, now_micros())
