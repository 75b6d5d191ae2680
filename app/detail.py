"""One event, whole: read again from the report that brought it, with what has been filed beside it."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from app import digest, store
from app.listeners import event_changes
from app.model import Event, Issue
from app.protocols.event import event_bounds
from app.protocols.wire import encoding_errors
from app.secrets_in_text import hide
from app.settings import decoded_bytes, reading_for_a_person

if TYPE_CHECKING:
    from app.digest.understanding import ReadAgent
    from app.store.database import Connection
    from app.store.inbox.counts.activity import Activity
    from app.store.inbox.lists.events import EventPlace
    from app.store.inbox.triage.history import Line
    from app.store.inbox.triage.releases import IssueReleases


class EventDetail(Struct, frozen=True, kw_only=True):
    """An event with its issue, its place there, and the report as it came (its body decoded).

    `timeline` is the issue's, the newest first; `activity` is when the issue happened.
    """

    pk: int
    event: Event
    issue: Issue
    place: "EventPlace"
    raw_head: str
    raw_body: bytes
    timeline: "tuple[Line, ...]" = ()
    known_releases: "IssueReleases | None" = None
    activity: "Activity | None" = None

    @property
    def releases(self) -> tuple[str, ...]:
        """Those that the issue can be resolved in, the newest first."""
        return () if self.known_releases is None else self.known_releases.choices


def read_event(
    connection: "Connection",
    pk: int,
    *,
    read_agent: "ReadAgent | None" = None,
    go_on: Callable[[], None] = lambda: None,
) -> EventDetail | None:
    """The event numbered `pk`, or None when it is no longer stored.

    With `read_agent`, User-Agent headers are read by that, unless a grouping rule may depend on them. `go_on`
    is called between the steps that take long, and raises what ends the reading.
    """
    filed = store.events.filed(connection, pk)
    if filed is None:
        return None
    report = store.report_queue.get(connection, filed.report_id)
    issue = store.issues.get(connection, filed.issue_id)
    if report is None or issue is None:
        return None
    rules = digest.known_rules.read(connection)
    if any(isinstance(rule.definition, digest.rules.Apart) for rule in rules):
        read_agent = None
    go_on()
    with reading_for_a_person():
        event = digest.understanding.event(report, filed.ordinal, decoded_bytes(), read_agent)
    event = event_changes.apply(event, store.changes.of(connection, report.id, filed.ordinal))
    go_on()
    # Filed by no more than the ordinary limits let through.
    _key, why = digest.grouping.group(event_bounds.bound_outline(event), rules)
    event = replace(
        event,
        event_id=filed.event_id,
        issue_id=filed.issue_id,
        # What people see of it; the report has the name that the app sent.
        project=issue.project,
        grouping=why,
        attachments=tuple(store.events.attachments(connection, filed)),
        feedback=tuple(
            replace(said, comments=hide(said.comments)) for said in store.events.feedback(connection, filed)
        ),
    )
    go_on()
    try:
        body = digest.understanding.decoded(report, decoded_bytes())
    except encoding_errors.TooLarge:
        body = digest.understanding.beginning(report, decoded_bytes())
    except encoding_errors.EncodingError:
        # It is shown as it came: the event says what is wrong with it.
        body = report.body
    return EventDetail(
        pk=pk,
        event=event,
        issue=issue,
        place=store.events.place(connection, filed.issue_id, pk),
        raw_head=report.head.decode("latin-1"),
        raw_body=body,
        timeline=tuple(store.history.timeline(connection, filed.issue_id)),
        known_releases=store.releases.of_issue(connection, filed.issue_id),
        activity=activity_of(connection, filed.issue_id),
    )


def read_attachment(connection: "Connection", pk: int, number: int) -> bytes | None:
    """The bytes of a file of the event numbered `pk`, by its place in `Event.attachments`.

    None when the event or the report that brought the file is no longer stored.
    """
    filed = store.events.filed(connection, pk)
    place = None if filed is None else store.events.place_of_attachment(connection, filed, number)
    report = None if place is None else store.report_queue.get(connection, place[0])
    if place is None or report is None:
        return None
    files = digest.understanding.files(report, decoded_bytes())
    return files[place[1]].content if place[1] < len(files) else None


def activity_of(connection: "Connection", issue_id: int) -> "Activity | None":
    """When the issue happened, in days and weeks of this computer's clock."""
    return store.activity.of_issue(connection, issue_id, offset=time.localtime().tm_gmtoff // 3600)
