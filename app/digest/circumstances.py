"""What is known of an error by what was printed, added to the event that a client or a hook sent of it.

That are the lines before it, as breadcrumbs where the client sent none; and the run, with the service that
printed it. It is stored as a person's changes of an event are, and the report stays as it came.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from app import settings
from app.digest import understanding
from app.digest.filing.one_event import Joined
from app.listeners import event_changes
from app.model import Event
from app.protocols import printed
from app.store.database import Connection
from app.store.inbox.events import changes


def add(connection: Connection, joined: Sequence[Joined]) -> None:
    """Add to the richer report of each pair what only the other one says."""
    for pair in joined:
        sent = understanding.event(pair.report, pair.ordinal, settings.decoded_bytes())
        before = event_changes.apply(sent, changes.of(connection, pair.report.id, pair.ordinal))
        changed = event_changes.changes(sent, completed(before, pair.lesser))
        if changed is not None:
            changes.put(connection, (pair.report.id, pair.ordinal, changed))


def completed(sent: Event, lesser: Event) -> Event:
    """The event `sent`, with what it lacks and `lesser`, of the same error, has."""
    theirs, ours = (event.contexts.get(printed.CONTEXT) or {} for event in (lesser, sent))
    run = {printed.CONTEXT: {**theirs, **ours}} if theirs else {}
    return replace(
        sent,
        breadcrumbs=sent.breadcrumbs or lesser.breadcrumbs,
        contexts={**lesser.contexts, **sent.contexts, **run},
        server_name=sent.server_name or lesser.server_name,
    )
