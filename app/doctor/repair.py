"""`doctor --repair`: reads every stored event again, and rebuilds what is derived from them.

All of it is one transaction, on a store that no other process uses: interrupted it changes nothing, and
a second run finds nothing to do.
"""

import logging
from collections import defaultdict

from app.digest.entries import search_entry
from app.program_command import NAME
from app.regrouping import stored_events
from app.regrouping.stored_events import Reread
from app.store.database import Connection, Database
from app.store.failures import is_environment_error
from app.store.inbox.counts import event_counts, tallies
from app.store.inbox.counts.tallies import CountedEvent, Tally
from app.store.inbox.events import event_rows
from app.store.inbox.search import search_gaps
from app.store.upkeep import integrity, lookup_tables, repair
from app.store.upkeep.repair import Repaired

log = logging.getLogger(__name__)


class BeyondRepair(Exception):
    """The file itself is damaged; the text says what to do."""


class RegroupingUnderWay(Exception):
    """A correction of grouping is under way; the text says what to do."""


def run(database: Database) -> Repaired:
    """Repair the store. Raises `BeyondRepair`, `RegroupingUnderWay` and `StatementFailure`."""
    repaired = Repaired()
    with database.maintaining() as connection:
        damage = integrity.find_damage(connection, lambda: False)
        if damage is not None:
            raise BeyondRepair(
                f"The file is damaged ({damage}). Start Arecibo: it puts the file aside, begins a fresh one, "
                "and carries over what waits in it."
            )
    with database.writing() as connection:
        if repair.is_regrouping(connection):
            raise RegroupingUnderWay(
                "A correction of grouping is under way, and is finished first: start Arecibo, wait until "
                f"{NAME} regroupings says that it is done, and repair then."
            )
        repaired.faults = integrity.build_indexes_again(connection)
        repaired.orphans = repair.remove_orphans(connection)
        repaired.faults += lookup_tables.repair(connection)
        _read_again(connection, repaired)
        event_counts.count_again(connection)
    return repaired


def _read_again(connection: Connection, repaired: Repaired) -> None:
    integrity.empty_search_index(connection)
    # The rest of each event's text is filled in by the job.
    search_gaps.begin_anew(connection)
    stored: defaultdict[int, Tally] = defaultdict(tallies.empty)
    for numbers in repair.event_numbers(connection):
        rows = []
        for number in numbers:
            event = _read(connection, number)
            if event is None:
                repaired.unreadable += 1
                continue
            rows.append((number, *search_entry.of(event.event, event.counted.tags)))
            _count(stored[event.issue], event.counted)
        event_rows.index(connection, rows)
        repaired.indexed += len(rows)
    repair.count_at_least(connection, stored, repaired)
    repair.count_all(connection)


def _read(connection: Connection, number: int) -> Reread | None:
    try:
        return next(stored_events.read(connection, [number], ()), None)
    except Exception as error:
        if is_environment_error(error):
            raise
        log.warning("Event %d cannot be read again. %s: %s", number, type(error).__name__, error)
        return None


def _count(tally: Tally, weight: CountedEvent) -> None:
    tally.count += 1
    tally.tags.update(weight.tags)
    tally.hours[weight.hour] += 1
    if weight.user is not None:
        tally.users.add(weight.user)
