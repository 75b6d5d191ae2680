"""What arrived in the engine during a client's run: its events and reports, and whether any failed."""

from types import TracebackType
from typing import Self

from app import detail
from app.model import Event, Report
from app.store.database import open_existing
from app.store.inbox.lists import events
from app.store.queue import queue_overview, report_queue
from tests.end2end.engine_process import EngineProcess, wait_until


class Arrivals:
    """Context manager for everything that arrives while it is open.

    On exit it asserts that nothing was refused, failed, or was sent twice.
    """

    def __init__(self, engine: EngineProcess) -> None:
        self._database = open_existing(engine.data_dir)
        with self._database.reading() as connection:
            self._before = queue_overview.status(connection)
            self._last_event = events.last(connection)

    def events(self, number: int) -> list[Event]:
        """The events that arrived, oldest first: waits for `number`, and fails when there are more."""
        wait_until(lambda: len(self._new()) >= number, f"{number} events")
        wait_until(self._is_idle, "the digest to finish")
        with self._database.reading() as connection:
            found = [detail.read_event(connection, pk) for pk in self._new()]
        arrived = [one.event for one in found if one is not None]
        assert len(arrived) == number, [event.title for event in arrived]
        return arrived

    def event(self) -> Event:
        """The only event that arrived."""
        return self.events(1)[0]

    def reports(self) -> list[Report]:
        """The requests that arrived and were accepted, in order."""
        with self._database.reading() as connection:
            numbers = range(self._before.received + 1, report_queue.last_number(connection) + 1)
            return [report for n in numbers if (report := report_queue.get(connection, n)) is not None]

    def _new(self) -> list[int]:
        with self._database.reading() as connection:
            return [event.pk for event in events.after(connection, self._last_event, limit=100)]

    def _is_idle(self) -> bool:
        with self._database.reading() as connection:
            return queue_overview.status(connection).pending == 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._database.reading() as connection:
            now = queue_overview.status(connection)
            refusals = queue_overview.refusals(connection)
            setbacks = queue_overview.setbacks(connection)
        reports = self.reports()
        self._database.close()
        if error is None:
            assert now.rejected == self._before.rejected, refusals[0]
            assert now.dead == self._before.dead, setbacks[0]
            bodies = [report.body for report in reports if report.body]
            assert len(set(bodies)) == len(bodies), "a request came twice"
