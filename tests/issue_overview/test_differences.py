"""Two events side by side: what differs, what is equal, stacks aligned."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.issue_overview import differences
from app.issue_overview.differences import Difference, Part
from app.model import Event, ExceptionInfo, Frame, Request
from tests.factories import make_event


def parts(one: Event, other: Event) -> dict[str, Part]:
    return {part.name: part for part in differences.compare(one, other)}


def with_frames(*frames: Frame, **fields: Any) -> Event:
    return make_event(exceptions=(ExceptionInfo(type="E", value="v", frames=frames),), **fields)


def test_values_are_compared_by_path() -> None:
    one = make_event(tags={"region": "eu", "same": "x"}, extra={"cart": {"items": [1, 2]}})
    other = make_event(tags={"region": "us", "same": "x", "new": "1"}, extra={"cart": {"items": [1, 3]}})
    found = parts(one, other)
    assert found["Tags"].differing == (
        Difference(path="region", one="eu", other="us"),
        Difference(path="new", one=None, other="1"),
    )
    assert found["Tags"].equal == (("same", "x"),)
    assert found["Extra"].differing == (Difference(path="cart.items[1]", one="2", other="3"),)


def test_a_frame_more_leaves_the_others_aligned() -> None:
    call, middle, top = (
        Frame(filename="a.py", function=name, line=line, vars={"n": line})
        for name, line in (("call", 1), ("middle", 2), ("top", 3))
    )
    moved = Frame(filename="a.py", function="top", line=9, vars={"n": 3})
    found = parts(with_frames(call, top), with_frames(call, middle, moved))
    assert found["Frames"].differing == (
        Difference(path="a.py: top", one="a.py:3", other="a.py:9"),
        Difference(path="a.py: middle", one=None, other="a.py:2"),
    )
    assert found["Frames"].equal == (("a.py: call", "a.py:1"),)
    assert found["Locals"].equal == (("a.py: top · n", "3"), ("a.py: call · n", "1"))


def test_headers_differ_whatever_their_case() -> None:
    one = make_event(request=Request(method="GET", headers={"X-Id": "1"}))
    other = make_event(request=Request(method="POST", headers={"x-id": "1"}))
    request = parts(one, other)["Request"]
    assert request.differing == (Difference(path="method", one="GET", other="POST"),)
    assert request.equal == (("headers.x-id", "1"),)


def test_very_many_values_are_cut_and_it_is_said() -> None:
    event = make_event(extra={str(number): number for number in range(differences.MOST_VALUES + 5)})
    extra = parts(event, event)["Extra"]
    assert (len(extra.equal), extra.left_out) == (differences.MOST_VALUES, True)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
extras = st.dictionaries(st.text(max_size=4), values, max_size=4)


@given(extras, extras)
def test_an_event_equals_itself_and_turned_around_the_sides_change(one: Any, other: Any) -> None:
    first, second = make_event(extra=one), make_event(extra=other)
    assert not any(part.differing for part in differences.compare(first, first))
    there, back = parts(first, second).get("Extra"), parts(second, first).get("Extra")
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        turned = {(each.path, each.other, each.one) for each in back.differing}
        assert {(each.path, each.one, each.other) for each in there.differing} == turned
