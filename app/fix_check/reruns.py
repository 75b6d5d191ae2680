"""When an issue's events came, and its transaction was seen to run: by its traces, or by other errors."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app import store

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.triage.recurrence import Recurrence


def read(
    connection: "Connection", issue_id: int, project: str, transaction: str | None, since: int
) -> "Recurrence":
    """What came of the issue, and runs of its transaction from `since` on (microseconds).

    Where the client sends traces, each run is known, and not only those that failed otherwise.
    """
    known = store.recurrence.read(connection, issue_id, transaction)
    if not transaction:
        return known
    ran = store.trace_lookup.transaction_times(connection, project, transaction, since)
    return replace(known, elsewhere=tuple(ran)) if ran else known
