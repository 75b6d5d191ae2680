"""Makes a title for an event without exception and message: the best text in the rest of it.

The event is grouped by the title, too, so that unrelated errors do not become one issue.
"""

import re

from msgspec.structs import replace

from app.digest.grouping import names
from app.model import Event
from app.protocols.event import headline, likely_message
from app.protocols.wire import binary, lenient_json
from app.secrets_in_text import hide

# The titles that adapters give to a report in which they found nothing.
UNREAD = frozenset(
    (
        headline.UNLABELLED,
        "Unreadable OTLP request",
        "Unreadable Sentry envelope",
        "A push to Loki that could not be read whole",
    )
)
_NOTHING: tuple[object, ...] = (None, "", [], {})
_EMPTY = "Empty event"
_PARTS = "release environment server_name user tags contexts modules breadcrumbs sdk".split()
_WRONG = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


def titled(event: Event, body: bytes) -> Event:
    """`event`, not yet scrubbed, with a meaningful title; `body` is the report's, decoded."""
    if event.exceptions:
        # It is named and grouped by its frames.
        where = event.culprit
        return replace(event, title=_line(f"Exception in {where}" if where else "Exception without a name"))
    text = hide(_best_text(event, body))
    if event.title != headline.UNLABELLED:
        text = event.title if text == _EMPTY else f"{event.title}: {text}"
    elif _has_content(event):
        return replace(event, title=_line(text))
    return replace(event, title=_line(text), message=text)


def _line(text: str) -> str:
    return headline.first_line(text) or headline.UNLABELLED


def _is_binary(text: str) -> bool:
    start = text[:2_000]
    return len(_WRONG.findall(start)) * 10 > len(start)


def _has_content(event: Event) -> bool:
    return bool(event.message and event.message.strip())


def _best_text(event: Event, body: bytes) -> str:
    payload = event.extra.get("payload", event.extra.get("envelope"))
    if isinstance(payload, str) and _is_binary(payload):
        return binary.describe(body)
    if payload not in _NOTHING:
        found = likely_message.of_value(payload)
        return found or f"A payload without words: {lenient_json.as_text(payload)[:80]}"
    extra = {name: part for name, part in event.extra.items() if part not in _NOTHING}
    for part in (extra, event.contexts):
        found = likely_message.of_value(part) if part else None
        if found is not None:
            return found
    for crumb in reversed(event.breadcrumbs):
        found = likely_message.first_words(crumb.message or "")
        if found is not None:
            return found
    where = event.culprit or event.transaction
    if where:
        return f"Event in {names.in_words(where)}"
    if event.request is not None and event.request.url:
        return f"Event at {event.request.method or ''} {event.request.url}".replace("  ", " ")
    if event.logger:
        return f"Event of {event.logger}"
    if event.tags:
        return "Event with " + ", ".join(f"{name} {value}" for name, value in list(event.tags.items())[:4])
    there = [name.replace("_", " ") for name in _PARTS if getattr(event, name)]
    return f"Event with nothing but {', '.join(there)}" if there else _EMPTY
