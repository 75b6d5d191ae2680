"""Takes off a line what carries logs put before every line of a program: when, and from which service.

    2026-11-30T01:35:44.123456789Z Traceback (most …     docker logs -t, kubectl logs --timestamps
    Nov 30 01:35:44 host shop[123]: Traceback (most …    syslog, journalctl
    2026-11-30T01:35:44+01:00 host shop[123]: …          journalctl -o short-iso, RFC 3339 syslog

Lines that a program's own logger has begun with a time are left as they are.
"""

import re
from datetime import datetime

from msgspec import Struct

from app.protocols.event import timestamps

_STAMPED = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) (?P<text>.*)", re.DOTALL
)
_FROM_SYSLOG = re.compile(
    r"(?P<host>[\w.-]{1,255}) (?P<service>[\w./@-]{1,100})\[\d{1,10}\]: ?(?P<text>.*)", re.DOTALL
)
_SYSLOG = re.compile(
    r"(?P<at>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d) (?P<text>.*)",
    re.DOTALL,
)


class Headed(Struct, frozen=True):
    """A line without its head: what the program printed, when (seconds since 1970), and its service."""

    text: str
    at: float | None = None
    service: str | None = None


def take_off(line: str) -> Headed:
    """The line without its head; as it is where it has none."""
    stamped = _STAMPED.fullmatch(line)
    if stamped is not None:
        moment = timestamps.parse(stamped["at"].replace(",", "."))
        text = stamped["text"]
        from_syslog = _FROM_SYSLOG.fullmatch(text)
        if from_syslog is not None:
            return Headed(from_syslog["text"], _seconds(moment), from_syslog["service"])
        return Headed(text, _seconds(moment))
    syslog = _SYSLOG.fullmatch(line)
    from_syslog = _FROM_SYSLOG.fullmatch(syslog["text"]) if syslog is not None else None
    # Syslog's time has neither a year nor a zone: nobody knows when it was.
    return Headed(line) if from_syslog is None else Headed(from_syslog["text"], None, from_syslog["service"])


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
