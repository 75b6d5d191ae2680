"""Event ids: 32 hex digits in lower case, whatever the client writes."""

import uuid

# Any fixed value does; it keeps our derived ids apart from everybody else's.
_NAMESPACE = uuid.UUID("6f1d7a52-3c0e-4d5b-9a43-7a2f0c1b1974")
_HEX = frozenset("0123456789abcdef")


def normalise(value: object) -> str | None:
    """The id in `value`, with or without dashes; None when there is none."""
    if type(value) is not str or len(value) > 40:
        return None
    text = value.replace("-", "").lower()
    return text if len(text) == 32 and _HEX.issuperset(text) else None


def mint() -> str:
    """A new id."""
    return uuid.uuid4().hex


def derive(*parts: str) -> str:
    """The id that always belongs to `parts`, so that repeating a report repeats its ids."""
    return uuid.uuid5(_NAMESPACE, "\x00".join(parts)).hex
