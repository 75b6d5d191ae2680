"""What is written is read back as it was meant, whatever is in it."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.query import parser, writing
from app.query.fields import FIELDS
from app.query.syntax import All, Either, Node, Not, Operator, Term, terms
from tests.query.test_parser import HOSTILE, plain

KEYS = st.one_of(
    st.sampled_from(["", *FIELDS]), st.from_regex(r"\Atag\.[\w.\-]{1,10}\Z"), st.text(max_size=8)
)
WORDS = st.one_of(
    st.text(min_size=1, max_size=12), st.sampled_from(["or", "-x", "a:b", "level:", "(", '"', "*", "//"])
)


def tidy(text: str) -> str:
    """A value as it can be searched for."""
    return " ".join(text.replace("\0", " ").split())


@st.composite
def leaves(draw: Any) -> Term:
    """A term as the parser makes them, without its places."""
    key = draw(st.sampled_from(["", "", "message", "tag", "level", "times", "has"]))
    value = draw(WORDS.map(lambda text: text.replace("\0", " ")).filter(bool))
    operators = (
        list(Operator)
        if key in ("level", "times")
        else [Operator.HAS, Operator.IS]
        if key
        else [Operator.HAS]
    )
    name = "a.b-c" if key == "tag" else value if key == "has" else ""
    return Term(
        key=key, value=value, operator=draw(st.sampled_from(operators)), name=name, is_quoted="*" in value
    )


def joined(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(children, min_size=2, max_size=3).map(tuple)
    return st.one_of(children.map(Not), several.map(All), several.map(Either))


TREES: st.SearchStrategy[Node] = st.recursive(leaves(), joined, max_leaves=8)


@pytest.mark.parametrize(
    ("name", "value", "query"),
    [
        ("customer", "gold", "tag.customer:gold"),
        ("os.name", "Mac OS X", 'tag.os.name:"Mac OS X"'),
        ("environment", "dev", "env:dev"),
        ("level", "error", "level:error"),
        ("url", "http://localhost/a?b=1", "tag.url:http://localhost/a?b=1"),
        ("my key", "a", '"my key a"'),
        ("quoted", 'say "hi"', 'tag.quoted:"say ""hi"""'),
        ("empty", "", '"empty"'),
        ("release", "shop@2.4.1", "release:shop@2.4.1"),
        ("path", "//x/y", 'tag.path:"//x/y"'),
        ("star", "a*b", 'tag.star:"a*b"'),
    ],
)
def test_a_tag_is_written_as_its_term(name: str, value: str, query: str) -> None:
    assert writing.tag(name, value) == query


@given(KEYS, st.text(max_size=30))
@example("tag.a", 'say "hi"')
def test_any_value_is_read_back(key: str, value: str) -> None:
    written = writing.term(key, value)
    found = terms(parser.parse(written).root)
    assert "\n" not in written
    if len(found) == 1 and found[0].key:
        assert found[0].operator + found[0].value in (f":{tidy(value)}", f":{tidy(value)}")
        assert (f"tag.{found[0].name}" if found[0].key == "tag" else found[0].key) == key
    else:
        assert [term.key for term in found] in ([], [""])


@given(TREES)
def test_any_tree_is_read_back(tree: Node) -> None:
    assert plain(parser.parse(writing.written(tree)).root) == plain(tree)


@pytest.mark.parametrize(
    ("text", "key", "value", "added", "excluded"),
    [
        ("", "level", "error", "level:error", "-level:error"),
        ("boom", "level", "error", "boom level:error", "boom -level:error"),
        ("boom level:error", "level", "error", "boom level:error", "boom -level:error"),
        ("-level:error boom", "level", "error", "boom level:error", "-level:error boom"),
        ("a or b", "env", "dev", "(a or b) env:dev", "(a or b) -env:dev"),
        ('"not fou', "env", "dev", '"not fou" env:dev', '"not fou" -env:dev'),
        ("boom env:", "env", "dev", "boom env:dev", "boom -env:dev"),
        ("a or", "env", "dev", "a env:dev", "a -env:dev"),
        ("a", "last", ">2026-11-30T12:00", "a last:>2026-11-30T12:00", "a -last:>2026-11-30T12:00"),
        ("a", "", "two words", 'a "two words"', 'a -"two words"'),
    ],
)
def test_a_term_is_added_or_excluded(text: str, key: str, value: str, added: str, excluded: str) -> None:
    assert writing.add(text, key, value) == added
    assert writing.exclude(text, key, value) == excluded
    assert writing.standing(added, key, value) == "added"
    assert writing.standing(excluded, key, value) == "excluded"


def test_a_search_is_excluded_from_another() -> None:
    assert writing.exclude_query("boom", "env:dev") == "boom -env:dev"
    assert writing.exclude_query("boom", "env:dev user:ada") == "boom -(env:dev user:ada)"
    assert writing.exclude_query("boom", "") == "boom"


def test_a_term_is_toggled() -> None:
    assert writing.toggle("boom", "level", "error") == "boom level:error"
    assert writing.toggle("level:error boom", "level", "error") == "boom"
    assert writing.toggle("-level:error", "level", "error") == "level:error"


@pytest.mark.parametrize(
    ("text", "at", "left"),
    [
        ("a b c", 1, "a c"),
        ("a -is:muted c", 1, "a c"),
        ("a or b", 1, "a"),
        ("a (b or c)", 0, "(b or c)"),
        ("(a b) c", 1, "(a) c"),
        ("-(a)", 0, ""),
        ("a", 0, ""),
    ],
)
def test_a_term_is_removed(text: str, at: int, left: str) -> None:
    assert writing.remove(text, terms(parser.parse(text).root)[at]) == left


@given(HOSTILE, KEYS, st.text(max_size=12))
def test_what_is_added_can_be_taken_back(text: str, key: str, value: str) -> None:
    for change in (writing.add, writing.exclude):
        changed = change(text, key, value)
        assert change(changed, key, value) == changed
    for term in terms(parser.parse(text).root):
        assert len(terms(parser.parse(writing.remove(text, term)).root)) < len(terms(parser.parse(text).root))


def test_a_mistake_is_mended() -> None:
    text = "a is:opne"
    (problem,) = parser.parse(text).problems
    assert writing.mended(text, problem) == "a is:open"
    assert writing.all_mended("levle:eror is:opne last:soon") == "level:eror is:open last:soon"
