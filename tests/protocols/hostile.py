"""Input that no well-behaved client sends: values and strategies for the tests of every wire format."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import msgspec
from hypothesis import strategies as st

from app.model import Event, Level
from app.protocols.delivery import Delivery
from app.traces import packing

Path = tuple[str | int, ...]

LONE_SURROGATE = "half \ud83d of it"
HUGE = 10**400

# One of each kind, in whatever place something else is expected.
ODD_VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    2**80,
    1.5,
    1e300,
    "",
    "text",
    "12",
    LONE_SURROGATE,
    [],
    {},
    [None],
    [[1]],
    {"a": None},
    {"": {"b": [{}]}},
]

# JSON that bends the rules, and what a problem must say of it, if anything.
BENT = (
    (b"NaN", "NaN is not a JSON number"),
    (b"-Infinity", "Infinity is not a JSON number"),
    (b'"\\ud800"', None),
    (b'"\xff\xfe"', "not valid UTF-8"),
    (b'"tab\tbed"', None),
    (b"9" * 5000, "5000 digits"),
    (b"1e999", "1e999 is too large"),
    (b"[" * 90 + b"]" * 90, "nested deeper than 64"),
    (b'{"twice": 1, "twice": NaN}', "repeats 'twice'"),
)

# Bodies that hold nothing for which there is a format.
UNREADABLE = (
    b"{",
    b"[1, 2]",
    b'"text"',
    b"null",
    b"\x00\xff",
    b"plain words",
    b"{" * 5_000,
    b'{"a":' + b"[" * 100_000,
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(ODD_VALUES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


def nested(depth: int) -> Any:
    """Lists in objects in lists …, `depth` levels deep."""
    value: Any = "bottom"
    for level in range(depth):
        value = [value] if level % 2 else {"deeper": value}
    return value


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every value in `value`, its own first."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    for name, part in items:
        yield from places(part, (*path, name))


def with_value(payload: Any, path: Path, value: Any) -> Any:
    """A copy of `payload` with `value` at `path`."""
    if not path:
        return value
    copy = deepcopy(payload)
    inner = copy
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return copy


def broken(payload: Any) -> st.SearchStrategy[Any]:
    """`payload` with any JSON in any place of it."""
    return st.builds(with_value, st.just(payload), st.sampled_from([*places(payload)]), JSON)


def check(delivery: Delivery) -> tuple[Event, ...]:
    """What must hold of whatever was delivered; returns the events."""
    for event in delivery.events:
        assert msgspec.json.encode(event)
        assert event.title
        assert event.level in Level
        assert event.timestamp.tzinfo is not None
        assert len(event.event_id) == 32
    assert all(count > 0 for count in delivery.others.values())
    delivery.project.encode()
    if delivery.traced is not None:
        for traced in delivery.traced():
            assert packing.unpack(packing.pack(traced)) == traced
            assert all(span.start <= span.end for span in traced.spans)
    return delivery.events
