"""What differs between two events: frames, locals, request, tags, modules and the rest.

Both events are taken apart into values by path; values at the same path are compared. Stacks are aligned
first, so that a frame that only one of them has does not make all frames after it differ.
"""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from app.model import Event, Frame

MOST_VALUES = 5_000
_DEEPEST = 12
# difflib is quadratic at its worst.
_MOST_ALIGNED = 500


class Difference(Struct, frozen=True, kw_only=True):
    """One path with its value in the first event and in the second; None where it has none there."""

    path: str
    one: str | None
    other: str | None


class Part(Struct, frozen=True, kw_only=True):
    """A part of the events: what differs in it, and the values that are equal, by path.

    `left_out`: there are more values than are compared.
    """

    name: str
    differing: tuple[Difference, ...]
    equal: tuple[tuple[str, str], ...]
    left_out: bool = False


Values = dict[str, str]


def compare(one: Event, other: Event) -> tuple[Part, ...]:
    """All parts in which one of the events has something."""
    parts = [_part("Error", _error(one), _error(other)), *_stacks(one, other)]
    taken_one, taken_other = taken_apart(one), taken_apart(other)
    parts += (_part(name, taken_one[name], taken_other[name]) for name in taken_one)
    return tuple(part for part in parts if part.differing or part.equal)


def taken_apart(event: Event) -> dict[str, Values]:
    """The values of an event that are not its error, by part and path."""
    request = event.request
    about_request: dict[str, Any] = {}
    if request is not None:
        about_request = {
            "method": request.method,
            "url": request.url,
            "query": request.query,
            "headers": {name.lower(): value for name, value in request.headers.items()} or None,
            "cookies": request.cookies,
            "body": request.body,
            "env": request.env or None,
        }
    agent = event.user_agent
    about_client = {
        "browser": agent and f"{agent.browser or ''} {agent.browser_version or ''}".strip(),
        "system": agent and f"{agent.os or ''} {agent.os_version or ''}".strip(),
        "device": agent and agent.device,
    }
    facts = {
        "release": event.release,
        "environment": event.environment,
        "transaction": event.transaction,
        "server": event.server_name,
        "logger": event.logger,
        "platform": event.platform,
        "client": event.sdk and f"{event.sdk.name or ''} {event.sdk.version or ''}".strip(),
    }
    return {
        "Event": _flat(facts),
        "Tags": _flat(event.tags),
        "User": _flat({**event.user, **{name: value for name, value in about_client.items() if value}}),
        "Request": _flat(about_request),
        "Contexts": _flat(event.contexts),
        "Extra": _flat(event.extra),
        "Modules": _flat(event.modules, joined=False),
    }


def _error(event: Event) -> Values:
    values: Values = {"level": event.level.value}
    for number, exception in enumerate(reversed(event.exceptions)):
        name = "raised" if number == 0 else f"cause {number}"
        if exception.type:
            values[f"{name}: type"] = exception.type
        if exception.value:
            values[f"{name}: message"] = exception.value
    if event.message:
        values["message"] = event.message
    return values


def _stacks(one: Event, other: Event) -> Iterator[Part]:
    """The frames of the raised exceptions, and the locals of those frames that both have."""
    left, right = _raised_frames(one), _raised_frames(other)
    differing: list[Difference] = []
    equal: list[tuple[str, str]] = []
    locals_one: Values = {}
    locals_other: Values = {}
    for first, second in _aligned(left, right):
        if first is not None and second is not None:
            name = _call(first)
            if first.line != second.line:
                differing.append(Difference(path=name, one=_place(first), other=_place(second)))
            else:
                equal.append((name, _place(first)))
            locals_one |= {f"{name} · {path}": value for path, value in _flat(first.vars).items()}
            locals_other |= {f"{name} · {path}": value for path, value in _flat(second.vars).items()}
        elif (frame := first or second) is not None:
            place = _place(frame)
            differing.append(
                Difference(path=_call(frame), one=place if first else None, other=place if second else None)
            )
    yield Part(name="Frames", differing=tuple(differing), equal=tuple(equal))
    yield _part("Locals", locals_one, locals_other)


def _aligned(left: list[Frame], right: list[Frame]) -> Iterator[tuple[Frame | None, Frame | None]]:
    """Frames of both stacks side by side, the newest call first; None where one has no such call."""
    matcher = SequenceMatcher(None, [_call(f) for f in left], [_call(f) for f in right], autojunk=False)
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if _tag == "equal":
            yield from zip(left[i1:i2], right[j1:j2], strict=True)
        else:
            yield from ((frame, None) for frame in left[i1:i2])
            yield from ((None, frame) for frame in right[j1:j2])


def _raised_frames(event: Event) -> list[Frame]:
    frames = event.exceptions[-1].frames if event.exceptions else ()
    return list(reversed(frames[-_MOST_ALIGNED:]))


def _call(frame: Frame) -> str:
    return f"{frame.module or frame.filename or ''}: {frame.function or '?'}"


def _place(frame: Frame) -> str:
    return f"{frame.filename or frame.abs_path or '?'}:{frame.line if frame.line is not None else '?'}"


def _part(name: str, one: Values, other: Values) -> Part:
    paths = list(dict.fromkeys([*one, *other]))
    differing = [
        Difference(path=path, one=one.get(path), other=other.get(path))
        for path in paths
        if one.get(path) != other.get(path)
    ]
    equal = [(path, one[path]) for path in paths if path in one and one[path] == other.get(path)]
    left_out = len(one) >= MOST_VALUES or len(other) >= MOST_VALUES
    return Part(name=name, differing=tuple(differing), equal=tuple(equal), left_out=left_out)


def _flat(values: Mapping[str, Any], *, joined: bool = True) -> Values:
    """Nested values by path, such as `cart.items[0].price`; at most `MOST_VALUES` of them."""
    found: Values = {}
    waiting: list[tuple[str, Any, int]] = [
        (str(name), value, 0) for name, value in reversed(list(values.items()))
    ]
    while waiting and len(found) < MOST_VALUES:
        path, value, depth = waiting.pop()
        if joined and depth < _DEEPEST and isinstance(value, Mapping) and value:
            waiting += [(f"{path}.{name}", child, depth + 1) for name, child in reversed(list(value.items()))]
        elif joined and depth < _DEEPEST and isinstance(value, list | tuple) and value:
            last = len(value) - 1
            waiting += [(f"{path}[{last - n}]", child, depth + 1) for n, child in enumerate(reversed(value))]
        elif value is not None:
            found[path] = value if isinstance(value, str) else _text(value)
    return found


def _text(value: Any) -> str:
    try:
        return str(value)
    except ValueError:  # an integer of more digits than Python is willing to write in decimal
        return hex(value)
