"""A mute's rule: as it is stored, and as text.

It is JSON in the issue's row. None is for ever (or until the mute's time), as all mutes once were.
"""

import msgspec

from app.model import MuteRule

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(MuteRule).decode


def text(rule: MuteRule | None) -> str | None:
    """A rule as it is stored."""
    return None if rule is None else _encode(rule).decode()


def rule(stored: str | None) -> MuteRule | None:
    """The rule that is stored."""
    return None if stored is None else _decode(stored)


def describe(rule: MuteRule) -> str:
    """What ends such a mute, as text; empty for one that only ends by its time, or never."""
    parts = []
    if rule.more is not None:
        parts.append(f"{rule.more:,} more event{'' if rule.more == 1 else 's'}")
    if rule.per_hour is not None:
        parts.append(f"{rule.per_hour:,} come within an hour")
    if rule.escalating:
        parts.append("it escalates")
    return f"until {' or '.join(parts)}" if parts else ""
