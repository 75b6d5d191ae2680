"""Reads whole events for the search: breadcrumbs, requests and contexts, which the digest does not read.

A job of the digest's process, which lets the digest go first: it ends when a report waits. It begins with the
newest events. All of its state is in the store (`store/inbox/search/search_gaps.py`).
"""

import logging
import time
from collections.abc import Callable, Iterator

from app.digest import understanding
from app.digest.entries import entries, more_texts, search_entry
from app.listeners import event_changes
from app.model import Event, Report
from app.protocols.delivery import Delivery
from app.settings import decoded_bytes
from app.store.database import Connection, Database
from app.store.failures import is_environment_error
from app.store.inbox.events import changes
from app.store.inbox.search import search_gaps
from app.store.inbox.search.search_gaps import Unfilled
from app.store.queue import report_queue
from app.store.revision import bump
from app.store.search_texts import SearchTexts, tag_lines

log = logging.getLogger(__name__)

# Read for a transaction, and for so long at most. The receiver waits until they are written: 10 ms.
AT_ONCE = 50
STEP_SECONDS = 0.05
# A report may have megabytes.
REPORTS_AT_ONCE = 10
# After so many seconds the other jobs of the process have their turn.
TURN_SECONDS = 1.0


class SearchFiller:
    """Fills in what the digest leaves out, in one store.

    `committed` is called with the revision after each run, and `is_stopping` between two steps.
    """

    def __init__(
        self,
        database: Database,
        *,
        committed: Callable[[int], None] = lambda _revision: None,
        is_stopping: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._committed = committed
        self._is_stopping = is_stopping
        self._clock = clock
        # A report with many events is read once.
        self._read: tuple[int, Delivery] | None = None

    def run(self, seconds: float = TURN_SECONDS) -> int:
        """Work for so long, or until nothing is left or a report waits; returns how many were filled."""
        until = self._clock() + seconds
        filled = 0
        while not self._is_stopping():
            done = self.step()
            filled += done
            if not done or self._clock() >= until or self._is_hurried():
                break
        self._read = None
        if filled:
            # For searches that are under way.
            with self._database.writing() as connection:
                revision = bump(connection)
            self._committed(revision)
        return filled

    def step(self) -> int:
        """The next few events, in one transaction; returns how many, 0 when nothing is left."""
        with self._database.reading() as connection:
            gap = search_gaps.find(connection)
            if gap is None:
                return 0
            unfilled = search_gaps.unfilled(connection, gap, AT_ONCE)
            texts, last = [], gap.last + 1
            until = self._clock() + STEP_SECONDS
            for event, found in self._texts(connection, unfilled):
                last = event.event
                if found is not None:
                    texts.append((event.event, *found))
                if self._clock() >= until:
                    break
            is_through = len(unfilled) < AT_ONCE and (not unfilled or last == unfilled[-1].event)
            down_to = gap.first if is_through else last
        with self._database.writing() as connection:
            search_gaps.fill(connection, gap, texts, down_to)
        return max(1, len(texts))

    def _texts(
        self, connection: Connection, events: list[Unfilled]
    ) -> Iterator[tuple[Unfilled, SearchTexts | None]]:
        changed = changes.of_reports(connection, {event.report_id for event in events})
        reports: dict[int, Report] = {}
        for place, event in enumerate(events):
            if event.report_id not in reports:
                some = {each.report_id for each in events[place : place + REPORTS_AT_ONCE]}
                reports = {report.id: report for report in report_queue.several(connection, some)}
            whole = self._whole(reports.get(event.report_id), event)
            if whole is None:
                yield event, None
                continue
            yield (
                event,
                whole_texts(event_changes.apply(whole, changed.get((event.report_id, event.ordinal)))),
            )

    def _whole(self, report: Report | None, event: Unfilled) -> Event | None:
        """The event as its report has it; None where that cannot be read: it is found as it was."""
        if self._read is None or self._read[0] != event.report_id:
            if report is None:
                return None
            try:
                delivery = understanding.understand_texts(report, decoded_bytes())
            except Exception as error:
                if is_environment_error(error):
                    raise
                log.warning("Event %d cannot be read for the search: %s", event.event, error)
                return None
            self._read = report.id, delivery
        events = self._read[1].events
        return events[event.ordinal] if event.ordinal < len(events) else None

    def _is_hurried(self) -> bool:
        with self._database.reading() as connection:
            return report_queue.last_number(connection) > report_queue.cursor(connection)


def whole_texts(event: Event) -> SearchTexts:
    """All the texts that the search finds a whole event by."""
    texts = search_entry.of(event, entries.tags_of(event, entries.user_of(event)))
    texts = texts._replace(
        tags="\n".join(filter(None, (texts.tags, tag_lines(more_texts.tags_of(event))))),
        url=more_texts.url_of(event) or texts.url,
    )
    return texts._replace(more=more_texts.of(event, texts))
