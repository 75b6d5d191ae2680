"""What a click on a tag searches for finds the events with the tag, and only those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import search_terms
from app.store import search_index
from app.store.inbox import search


def found(query: str, tags: dict[str, str]) -> bool:
    """Whether the search finds an event with these tags, as the store would."""
    parsed = search.parse(query)
    assert not parsed.fields
    matcher = search_index.TextMatcher(parsed.words, parsed.tags)
    text = " ".join(f"{key} {value}" for key, value in tags.items())
    return matcher.matching([(1, "KeyError: nothing", text)]) == [1]


@pytest.mark.parametrize(
    ("key", "value", "query"),
    [
        ("customer", "gold", "customer:gold"),
        ("os.name", "Mac OS X", 'os.name:"Mac OS X"'),
        ("url", "http://localhost/a?b=1", "url:http://localhost/a?b=1"),
        ("my key", "a", '"my key a"'),
        ("type", "web", '"type web"'),
        ("quoted", 'say "hi"', 'quoted:"say hi"'),
        ("empty", "", '"empty"'),
        ("release", "shop@2.4.1", "release:shop@2.4.1"),
        ("slashes", "//x/y", "slashes://x/y"),
    ],
)
def test_a_tag_is_found_by_its_term(key: str, value: str, query: str) -> None:
    assert search_terms.tag(key, value) == query
    assert found(query, {"before": "x", key: value, "after": "y"})
    assert not found(query, {"before": "x", "customers": "silver"})


def test_a_level_is_searched_as_the_field_that_it_is() -> None:
    assert search.parse(search_terms.tag("level", "error")).fields == (("level", "error"),)


@given(st.text(min_size=1, max_size=90), st.text(max_size=300))
def test_any_tag_becomes_one_line_that_can_be_searched_for(key: str, value: str) -> None:
    query = search_terms.tag(key, value)
    assert "\n" not in query
    assert "\x00" not in query
    assert len(query) < 300
    parsed = search.parse(query)
    if parsed.words or parsed.tags:
        search_index.TextMatcher(parsed.words, parsed.tags).matching([(1, "a", "b c")])
