"""What a client says that it left out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import LEFT_OUT, Trimmed
from app.protocols import table
from app.protocols.sentry import read, trimmed
from tests.protocols import captures

STORE = captures.report_of("sentry.store", table.Accepted("shop", "0123456789abcdef0123456789abcdef"))
REMOVED = {"": {"rem": [["!config", "x"]]}}


@pytest.mark.parametrize(
    ("meta", "path"),
    [
        ({"exception": {"values": {"0": {"stacktrace": REMOVED}}}}, ("exceptions", "0", "frames")),
        (
            {"exception": {"values": {"1": {"stacktrace": {"frames": REMOVED}}}}},
            ("exceptions", "1", "frames"),
        ),
        (
            {"exception": {"0": {"stacktrace": {"frames": {"7": {"vars": {"a.b": REMOVED}}}}}}},
            ("exceptions", "0", "frames", "7", "vars", "a.b"),
        ),
        ({"exception": {"values": {"0": {"value": REMOVED}}}}, ("exceptions", "0", "value")),
        ({"threads": {"values": {"2": {"stacktrace": REMOVED}}}}, ("threads", "2", "frames")),
        ({"request": {"data": {"values": REMOVED}}}, ("request", "body", "values")),
        ({"logentry": {"formatted": REMOVED}}, ("message",)),
        ({"extra": {"basket": REMOVED}}, ("extra", "basket")),
    ],
)
def test_it_is_found_where_our_event_has_it(meta: dict[str, Any], path: tuple[str, ...]) -> None:
    assert trimmed.read(meta) == (Trimmed(path=path, rule="config"),)


def test_what_was_cut_and_what_was_replaced() -> None:
    long = {"": {"len": 8192, "rem": [["!limit", "s", 1021, 1024]], "chunks": [{"type": "text"}]}}
    secret = {"": {"rem": [["@password:filter", "s", 0, 10]], "len": 12}}
    bad = {"": {"err": [["invalid_data", {"reason": "no"}]], "val": 3}}
    assert trimmed.read({"extra": {"long": long, "secret": secret, "bad": bad}}) == (
        Trimmed(path=("extra", "long"), length=8192, rule="limit"),
        Trimmed(path=("extra", "secret"), length=12, rule="password:filter"),
        Trimmed(path=("extra", "bad"), rule="error: invalid_data"),
    )


def test_an_event_says_what_its_client_left_out() -> None:
    sent = {
        "exception": {"values": [{"type": "RecursionError", "value": "too deep", "stacktrace": None}]},
        "_meta": {"exception": {"values": {"0": {"stacktrace": REMOVED}}}},
    }
    (event,) = read.read_store(STORE, json.dumps(sent).encode()).events
    assert event.trimmed == (Trimmed(path=("exceptions", "0", "frames"), rule="config"),)
    assert "_meta" not in event.extra


def test_omitted_frames_are_marked_where_they_were() -> None:
    frames = [{"function": name} for name in "abcd"]
    stack = {"frames": frames, "frames_omitted": [2, 182]}
    sent = {"exception": [{"type": "E", "value": "x", "stacktrace": stack}]}
    (event,) = read.read_store(STORE, json.dumps(sent).encode()).events
    marked = {frame.function: frame.vars for frame in event.exceptions[0].frames if frame.vars}
    assert marked == {"b": {LEFT_OUT: "180 calls"}}


@pytest.mark.parametrize("omitted", [[9, 20], [0, 3], [3, 1], [1], [], "x"])
def test_impossible_gaps_mark_nothing(omitted: object) -> None:
    stack = {"frames": [{"function": "a"}], "frames_omitted": omitted}
    sent = {"exception": [{"type": "E", "value": "x", "stacktrace": stack}]}
    (event,) = read.read_store(STORE, json.dumps(sent).encode()).events
    assert not event.exceptions[0].frames[0].vars


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["", "len", "rem", "err", "exception", "values", "0"]), inner)
        ),
        max_leaves=20,
    )
)
def test_whatever_the_meta_is_it_is_read(meta: object) -> None:
    for one in trimmed.read(meta):
        assert one.path
        assert one.length is not None or one.rule


def test_a_deep_meta_ends() -> None:
    meta: dict[str, Any] = REMOVED
    for _ in range(10_000):
        meta = {"a": meta}
    assert trimmed.read(meta) == ()
