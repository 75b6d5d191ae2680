"""Which client sent a report, and how far its clock is off, for `doctor` to list.

A Sentry client names itself on every request, others in their events or only in their User-Agent. If
a client does not name itself, only its format is known.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

from app import digest
from app.model import Event, Report, to_micros
from app.protocols.wire import http_head

_SENTRY_CLIENT = b"sentry_client="
_ITS_END = re.compile(rb"[,&\s]|$")
_PRODUCT = re.compile(r"([^\s/]{1,80})(?:/([\w.+-]{1,40}))?")
_LONGEST = 80


def name_of(report: Report, events: Sequence[Event]) -> tuple[str, str]:
    """The client's name, and its version or an empty text. `events` may name the client."""
    at = report.head.find(_SENTRY_CLIENT)
    if at >= 0:
        start = at + len(_SENTRY_CLIENT)
        return _sentry_client(_ITS_END.split(report.head[start : start + _LONGEST], maxsplit=1)[0])
    for event in events:
        if event.sdk is not None and event.sdk.name:
            return event.sdk.name[:_LONGEST], (event.sdk.version or "")[:_LONGEST]
    agent = http_head.header(report.head, "user-agent")
    return _from_header(agent) if agent else (f"a client of {report.protocol.partition('.')[0]}", "")


def skew_of(report: Report, events: Sequence[Event]) -> int | None:
    """How far the sender's clock is ahead of ours, in microseconds, by its newest event; None without a time.

    An event takes time to arrive, so a correct clock seems slightly behind.
    """
    moments = [event.timestamp for event in events if event.timestamp != event.received_at]
    return to_micros(max(moments)) - report.received_at if moments else None


@lru_cache(maxsize=256)
def _sentry_client(value: bytes) -> tuple[str, str]:
    name, _slash, version = unquote(value.decode("latin-1")).partition("/")
    return name[:_LONGEST], version[:_LONGEST]


@lru_cache(maxsize=256)
def _from_header(value: str) -> tuple[str, str]:
    if value.startswith("Mozilla/"):
        browser = digest.user_agent.understand(value)
        return browser.browser or "a browser", browser.browser_version or ""
    product = _PRODUCT.match(value)
    return (product[1], product[2] or "") if product else ("unknown client", "")
