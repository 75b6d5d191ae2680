"""Which event a replayed request made: the one with its token, or else a new one of the same issue."""

from typing import TYPE_CHECKING

from msgspec import Struct

from app.issue_overview import whole_events
from app.replay.repeatable import TOKEN_HEADER
from app.store.inbox.lists import events

if TYPE_CHECKING:
    from app.store.database import Connection

_MOST_LOOKED_AT = 200


class Outcome(Struct, frozen=True, kw_only=True):
    """The event that came. `is_certain`: it carries the token; `is_same`: it is of the issue replayed."""

    pk: int
    event_id: str
    issue_id: int
    title: str
    is_certain: bool
    is_same: bool


def look(connection: "Connection", *, after: int, token: str, issue_id: int) -> Outcome | None:
    """The event that was made, of those filed after number `after`; None when none has come so far."""
    came = {each.pk: each for each in events.after(connection, after, limit=_MOST_LOOKED_AT)}
    likely: Outcome | None = None
    for pk, event in whole_events.read(connection, list(came)):
        headers = event.request.headers if event.request else {}
        sent = next((value for name, value in headers.items() if name.lower() == TOKEN_HEADER.lower()), "")
        summary = came[pk]
        if sent == token or (sent == "" and summary.issue_id == issue_id and likely is None):
            found = Outcome(
                pk=pk,
                event_id=summary.event_id,
                issue_id=summary.issue_id,
                title=summary.title,
                is_certain=sent == token,
                is_same=summary.issue_id == issue_id,
            )
            if found.is_certain:
                return found
            likely = found
    return likely
