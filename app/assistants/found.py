"""Finds what a call names: an issue, an event; and says what is near it where there is none."""

from typing import TYPE_CHECKING

from app import detail, store
from app.assistants import outside
from app.assistants.call import Call, Refused
from app.detail import EventDetail
from app.model import Event, Issue
from app.plain_text import one_line
from app.sharing import issue_list
from app.sharing.what_goes import outgoing

if TYPE_CHECKING:
    from app.store.database import Connection

_NEAREST = 3
_LONGEST_ID = 64


def issue(call: Call, connection: "Connection", number: int) -> Issue:
    """The issue with this number, or the one that it was merged into. Raises `Refused`."""
    (number,) = store.corrections.shown(connection, [number])
    found = store.issues.get(connection, number)
    if found is None:
        raise Refused(f"There is no issue {number} (any more). {nearest(call, connection)}")
    return found


def whole_event(call: Call, connection: "Connection", *, event_id: str, number: int) -> EventDetail:
    """The event with this id, or the newest one of an issue. Raises `Refused`."""
    if event_id:
        pk = store.events.find(connection, event_id)
        if pk is None:
            raise Refused(
                f"There is no event {outside.code(one_line(event_id, _LONGEST_ID))}: its id is wrong, it "
                f"waits to be digested, or retention has removed it. {nearest(call, connection)}"
            )
    elif number:
        its = issue(call, connection, number)
        pk = store.events.newest(connection, its.id)
        if pk is None:
            raise Refused(
                f"Issue {its.id} is there, but none of its events is stored any more: retention has removed "
                "them. list_issues lists others."
            )
    else:
        raise Refused("Say which: event_id, or issue for its newest event. list_issues lists issues.")
    return event(call, connection, pk)


def event(call: Call, connection: "Connection", pk: int) -> EventDetail:
    """The event numbered `pk`. Raises `Refused`."""
    found = detail.read_event(connection, pk)
    if found is None:
        raise Refused(f"That event is deleted, or has been removed. {nearest(call, connection)}")
    return found


def going(call: Call, found: EventDetail) -> Event:
    """The event as it goes: without what the person's own rules find, too."""
    return outgoing(found.event, call.rules).event


def nearest(call: Call, connection: "Connection") -> str:
    """The issues with the newest activity, for who has named one that is not there."""
    wanted = store.issue_filter.IssueFilter(store.issue_filter.View.EVERYTHING)
    newest = store.issues.page(connection, wanted, limit=_NEAREST)
    if not newest:
        return "Nothing is stored yet: connect_app says how an app sends its errors here."
    lines = issue_list.as_text(newest, issue_list.JSON, call.chosen).splitlines()
    return (
        "list_issues and search_issues find others. Those with the newest activity:\n\n"
        f"{outside.WARNING}\n\n{outside.lines_within(lines, 2_000)}"
    )
