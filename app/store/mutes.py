"""A mute's rule as the store keeps it: JSON in the issue's row. None is for ever, as all mutes once were."""

import msgspec

from app.model import MuteRule

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(MuteRule).decode


def text(rule: MuteRule | None) -> str | None:
    """What is kept of a rule."""
    return None if rule is None else _encode(rule).decode()


def rule(kept: str | None) -> MuteRule | None:
    """The rule that was kept."""
    return None if kept is None else _decode(kept)
