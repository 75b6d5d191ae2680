"""What is stored of an event in addition to its report: what lists show, and what it is found and counted by.

An entry is made as soon as its event is understood, and the event is freed: measured, a batch of two hundred
whole events falls out of the processor's cache and costs the digest a third of its speed.
"""

from collections.abc import Sequence
from itertools import count

from msgspec import Struct

from app.digest import grouping
from app.digest.entries import callers, search_entry
from app.digest.grouping.rules import GroupingRule
from app.model import Event, ExceptionInfo, Feedback, Level, Report, to_micros
from app.protocols.delivery import Delivery
from app.protocols.event import headline
from app.store.search_texts import SearchTexts

MOST_TAGS = 100
LONGEST_KEY = 64
LONGEST_VALUE = 200

Tags = tuple[tuple[str, str], ...]  # (key, value), each key once


class EventEntry(Struct, frozen=True, kw_only=True):
    """An event to be stored: the `ordinal`th of its report.

    `key` is its grouping key, `timestamp` is in microseconds, and `user` identifies a user, None if the event
    names none; `place` is where the app's own code failed. An event that a rule has `kept_apart` never joins
    an issue by an older key.
    """

    event_id: str
    ordinal: int
    project: str
    key: str
    timestamp: int
    level: Level
    title: str
    type: str | None
    value: str | None
    culprit: str | None
    texts: SearchTexts
    tags: Tags
    user: str | None
    release: str | None
    environment: str | None
    place: str | None = None
    kept_apart: bool = False


class File(Struct, frozen=True):
    """An attachment to be stored: its bytes stay in the report."""

    event_id: str
    filename: str
    content_type: str | None
    size: int


class Entries(Struct, frozen=True):
    """Everything to be stored of a report, all but the events in `project`.

    `feedback` are pairs of an event's id and the feedback about it. `caller` is the client's name and
    version, and `skew` how far its clock is ahead, in microseconds. A large report has several of these, one
    a slice: the first one counts as a call, and after the last one it is known whether the report brought
    anything.
    """

    report: Report
    project: str
    events: tuple[EventEntry, ...]
    files: tuple[File, ...]
    feedback: tuple[tuple[str, Feedback], ...]
    others: dict[str, int]
    caller: tuple[str, str]
    skew: int | None
    is_first: bool = True
    is_last: bool = True


def of(
    report: Report,
    delivery: Delivery,
    ordinals: Sequence[int] | None = None,
    rules: Sequence[GroupingRule] = (),
) -> Entries:
    """The entries of everything that `report` delivered, its events grouped with the user's `rules`.

    `ordinals` are the events' places in the report, where some were dropped.
    """
    return Entries(
        report,
        report.project or delivery.project or report.protocol.partition(".")[0],
        tuple(
            _entry(event, ordinal, rules)
            for event, ordinal in zip(delivery.events, ordinals or count(), strict=False)
        ),
        tuple(
            File(file.event_id, file.info.filename, file.info.content_type, file.info.size)
            for file in delivery.attachments
        ),
        tuple((sent.event_id, sent.feedback) for sent in delivery.feedback),
        delivery.others,
        callers.name_of(report, delivery.events),
        callers.skew_of(report, delivery.events),
    )


def _entry(event: Event, ordinal: int, rules: Sequence[GroupingRule]) -> EventEntry:
    raised = event.exceptions[-1] if event.exceptions else ExceptionInfo()
    user = user_of(event)
    tags = tags_of(event, user)
    return EventEntry(
        event_id=event.event_id,
        ordinal=ordinal,
        project=event.project,
        key=grouping.key(event, rules),
        timestamp=to_micros(event.timestamp),
        level=event.level,
        title=event.title,
        type=raised.type,
        value=raised.value,
        culprit=event.culprit,
        texts=search_entry.of(event, tags),
        tags=tags,
        user=user,
        release=event.release[:LONGEST_VALUE] if event.release else None,
        environment=event.environment[:LONGEST_VALUE] if event.environment else None,
        place=headline.place(event),
        kept_apart=bool(rules) and grouping.keeps_apart(event, rules),
    )


def user_of(event: Event) -> str | None:
    """The user that the event happened to, by the first of its id, email, username and address."""
    for name in ("id", "email", "username", "ip_address"):
        value = event.user.get(name)
        if value:
            return str(value)[:LONGEST_VALUE]
    return None


def tags_of(event: Event, user: str | None) -> Tags:
    """The client's tags, and those made of fields that every event has."""
    agent = event.user_agent
    own = {
        "environment": event.environment,
        "release": event.release,
        "server_name": event.server_name,
        "transaction": event.transaction,
        "user": user,
        "browser": agent and agent.browser,
        "os": agent and agent.os,
    }
    tags = event.tags | {key: value for key, value in own.items() if value}
    pairs = [(key[:LONGEST_KEY], value[:LONGEST_VALUE]) for key, value in tags.items() if value]
    return tuple(pairs[:MOST_TAGS])
