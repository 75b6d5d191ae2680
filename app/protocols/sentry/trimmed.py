"""Reads `_meta`: what a Sentry client says it has cut or removed before it sent the event.

It mirrors the event's own structure; under the empty name stands what was done there:
https://develop.sentry.dev/sdk/data-model/event-payloads/#meta-data.
"""

from typing import Any

from app.model import Trimmed

_MOST = 5_000
_DEEPEST = 64
_OURS = {
    ("exception",): ("exceptions",),
    ("threads",): ("threads",),
    ("breadcrumbs",): ("breadcrumbs",),
    ("request", "data"): ("request", "body"),
    ("request", "query_string"): ("request", "query"),
    ("logentry", "formatted"): ("message",),
    ("logentry", "message"): ("message",),
    ("message",): ("message",),
}
"""Where our event has what the wire has elsewhere, by the beginning of the path."""
_WRAPPED = ("exceptions", "threads", "breadcrumbs")


def read(meta: Any) -> tuple[Trimmed, ...]:
    """What `_meta` says, in its order; what is not as documented is passed over. Raises nothing."""
    found: list[Trimmed] = []
    waiting: list[tuple[Any, tuple[str, ...]]] = [(meta, ())]
    while waiting and len(found) < _MOST:
        part, path = waiting.pop()
        if not isinstance(part, dict) or len(path) > _DEEPEST:
            continue
        said = part.get("")
        if isinstance(said, dict) and path and (one := _trimmed(said, path)) is not None:
            found.append(one)
        waiting += [(value, (*path, name)) for name, value in reversed(part.items()) if name]
    return tuple(found)


def _trimmed(said: dict[str, Any], path: tuple[str, ...]) -> Trimmed | None:
    length = said.get("len")
    length = length if type(length) is int and length >= 0 else None
    rule = _rule(said.get("rem")) or _error(said.get("err"))
    return None if length is None and rule is None else Trimmed(path=_ours(path), length=length, rule=rule)


def _rule(remarks: Any) -> str | None:
    """The name of the first rule: `!limit`, `!config`, `@password:filter`."""
    first = remarks[0] if isinstance(remarks, list) and remarks else None
    rule = first[0] if isinstance(first, list) and first else None
    return rule.lstrip("!@")[:100] or None if isinstance(rule, str) else None


def _error(errors: Any) -> str | None:
    first = errors[0] if isinstance(errors, list) and errors else None
    kind = first[0] if isinstance(first, list) and first else first
    return f"error: {kind}"[:100] if isinstance(kind, str) else None


def _ours(path: tuple[str, ...]) -> tuple[str, ...]:
    for wire, own in _OURS.items():
        if path[: len(wire)] == wire:
            rest = path[len(wire) :]
            if own[0] in _WRAPPED and rest[:1] == ("values",):
                rest = rest[1:]
            return (*own, *_within(rest))
    return path


def _within(rest: tuple[str, ...]) -> tuple[str, ...]:
    """`0.stacktrace.frames.3` is `0.frames.3`, and what was done to the stack was done to its frames."""
    if rest[1:2] != ("stacktrace",):
        return rest
    return (rest[0], "frames", *rest[2 + (rest[2:3] == ("frames",)) :])
