"""Peculiarities of older clients that the event itself does not show.

raven and its like do not name themselves in the event, but in the key's header or in the address.
"""

import re
from urllib.parse import unquote

from app.model import Sdk
from app.protocols.sentry import schema

# In `X-Sentry-Auth`, in `Authorization`, or in the query: "raven-js%2F3.27.2".
_CLIENT = re.compile(rb"sentry_client=([\w.\- ]+)(?:/|%2[Ff])([\w.+\-]+)")
# raven-go names itself nowhere else.
_AGENT = re.compile(rb"\r\n[Uu]ser-[Aa]gent:[ \t]*(raven-[a-z]+|sentry[\w.\-]*)/([\w.+\-]+)")
_PYTHON_0 = re.compile(r"sentry[.-]python")
# From this version on, sentry-python puts the cause first, as everybody does.
_CAUSE_FIRST = (0, 7, 11)


def client(head: bytes) -> Sdk | None:
    """The client that the request names; None when it names none."""
    found = _CLIENT.search(head) or _AGENT.search(head)
    if found is None:
        return None
    return Sdk(name=unquote(found[1].decode()), version=unquote(found[2].decode()))


def with_causes_first(wire: schema.SentryEvent, head: bytes) -> schema.SentryEvent:
    """The event with its causes first: the first versions of sentry-python had them last."""
    part = wire.exception
    values = part.values if isinstance(part, schema.SentryExceptions) else part
    if values is not None and len(values) > 1 and _puts_causes_last(client(head)):
        values.reverse()
    return wire


def _puts_causes_last(sdk: Sdk | None) -> bool:
    if sdk is None or _PYTHON_0.match(sdk.name or "") is None:
        return False
    numbers = re.findall(r"\d+", sdk.version or "")[:3]
    return tuple(map(int, numbers)) < _CAUSE_FIRST if numbers else False
