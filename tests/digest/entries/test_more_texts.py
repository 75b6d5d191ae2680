"""The rest of an event's text."""

from hypothesis import given
from hypothesis import strategies as st

from app.digest.entries import more_texts, search_entry
from app.model import Breadcrumb, Request
from app.store.search_texts import MARK, SearchTexts
from tests.factories import make_event


def test_everything_is_found_that_is_not_found_otherwise() -> None:
    event = make_event(
        breadcrumbs=(Breadcrumb(category="query", message="select zebra", data={"rows": 7}),),
        request=Request(url="http://x", query="a=b", body={"cart": ["lion"]}, headers={"X-Id": "giraffe"}),
        contexts={"os": {"name": "Plan 9"}},
        extra={"note": "KeyError: 'card'", "deep": [{"a": None, "b": True}]},
        modules={"msgspec": "0.20"},
    )
    more = more_texts.of(event, search_entry.of(event, []))
    lines = more.split("\n")
    for text in (
        "select zebra",
        "query",
        "rows 7",
        "a=b",
        "lion",
        "X-Id giraffe",
        "name Plan 9",
        "msgspec 0.20",
    ):
        assert text in lines
    assert len(lines) == len(set(lines))


def test_the_device_and_the_query_are_known_of_whole_events() -> None:
    event = make_event(contexts={"device": {"family": "Pixel"}}, request=Request(url="http://x", query="a=b"))
    assert more_texts.tags_of(event) == [("device", "Pixel")]
    assert more_texts.url_of(event) == "http://x?a=b"
    assert more_texts.tags_of(make_event()) == []
    assert more_texts.url_of(make_event()) == ""


def test_there_is_not_too_much_of_it() -> None:
    event = make_event(extra={str(n): "x" * 10_000 for n in range(100)})
    assert len(more_texts.of(event, SearchTexts())) <= more_texts.MOST_CHARACTERS


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=10,
)


@given(extra=st.dictionaries(st.text(max_size=5), JSON, max_size=3))
def test_any_values_are_read(extra: dict[str, object]) -> None:
    assert MARK not in more_texts.of(make_event(extra=extra), SearchTexts())
