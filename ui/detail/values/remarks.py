"""What clients say they have left out: by marks among the values, and by what stands beside them."""

from collections.abc import Iterable

from app.model import Event, Trimmed
from app.plain_text import one_line

Path = tuple[str, ...]

# Sentry, Bugsnag, Honeybadger, Rollbar, Elastic and Airbrake write these in place of a value.
_MARKS = frozenset(
    """
    [filtered] [redacted] <redacted> [depth] [recursion] [recursive] [truncated] <truncated> [circular]
    [circular~] [object] [array] [not_serializable] [unserializable] [undefined] undefined [scrubbed]
    [removed] [function] [getter/setter]
    """.split()
)
_LONGEST = 40


def is_mark(text: str) -> bool:
    """Whether a client wrote this in place of a value, or nothing but asterisks."""
    return len(text) <= _LONGEST and (
        text.casefold().replace(" ", "") in _MARKS or (len(text) > 2 and not text.strip("*"))
    )


def below(event: Event, *prefix: str) -> dict[Path, str]:
    """In words what the client left out below a place of the event, by the rest of the path."""
    length = len(prefix)
    return {one.path[length:]: in_words(one) for one in event.trimmed if one.path[:length] == prefix}


def at(trimmed: Iterable[Trimmed], path: Path) -> Trimmed | None:
    """What the client left out at exactly this place."""
    return next((one for one in trimmed if one.path == path), None)


def in_words(one: Trimmed) -> str:
    """`cut by the client: 8,192 characters in all`, as it stands behind a value."""
    if one.rule is None or (one.rule == "limit" and one.length is not None):
        return f"cut by the client: {one.length or 0:,} in all"
    if one.rule.startswith("error: "):
        return f"not understood by the client ({one_line(one.rule.removeprefix('error: '), 60)})"
    why = {"limit": "for its size", "config": "as it is configured", "raw": ""}.get(
        one.rule, f"by its rule {one_line(one.rule, 60)}"
    )
    return f"removed by the client {why}".rstrip()
