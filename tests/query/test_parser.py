"""What is typed becomes what was meant, and what is pasted stays text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.query import parser
from app.query.fields import FIELDS
from app.query.syntax import All, Either, Node, Not, Operator, Term, terms

PIECES = st.sampled_from(
    [
        "(",
        ")",
        "-",
        '"',
        '""',
        " ",
        "or",
        "level:",
        "is:open",
        "tag.a-b:",
        ":",
        "*",
        ">=",
        "x",
        "times:",
        "\0",
        "é",
    ]
)
HOSTILE = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


def plain(node: Node | None) -> object:
    """A tree as nested tuples, without places."""
    match node:
        case Term():
            return f"{node.key}{'.' + node.name if node.key == 'tag' else ''}{node.operator}{node.value}"
        case Not():
            return ("not", plain(node.of))
        case All() | Either():
            return (type(node).__name__, *map(plain, node.of))
        case _:
            return None


@pytest.mark.parametrize(
    "pasted",
    [
        "std::runtime_error",
        "ActiveRecord::RecordNotFound:",
        r"C:\app\shop.exe",
        "localhost:3000",
        "12:30:05",
        "module::function",
        "file:///etc/hosts",
        "charge(cart)",
        "KeyError:",
        "ledger.py:19",
        "-1",
        "--flag",
        "orange",
        ")",
        "user.email:x",
    ],
)
def test_what_is_pasted_is_text(pasted: str) -> None:
    (term,) = terms(parser.parse(pasted).root)
    assert (term.key, term.value, term.is_quoted) == ("", pasted, False)


def test_a_colon_before_a_space_ends_no_key() -> None:
    assert plain(parser.parse("message: lost").root) == ("All", ":message:", ":lost")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("level:error", "level:error"),
        ("LEVEL:error", "level:error"),
        ("environment:dev", "env:dev"),
        ("tag.os.name:Mac", "tag.os.name:Mac"),
        ("times:>=10", "times:>=10"),
        ("user:=ada", "user:=ada"),
        ("function:<lambda>", "function:<lambda>"),
        ('message:"not found"', "message:not found"),
        ('"say ""hi"""', ':say "hi"'),
        ("-is:muted", ("not", "is:muted")),
        ('-"a b"', ("not", ":a b")),
        ("a b or c", ("Either", ("All", ":a", ":b"), ":c")),
        ("a (b or c)", ("All", ":a", ("Either", ":b", ":c"))),
        ("-(a b)", ("not", ("All", ":a", ":b"))),
        ("(release:1.2(3))", "release:1.2(3)"),
        ("level:", None),
        ("times:> a", ":a"),
        ('""', None),
        ("()", None),
        ("-(", None),
        ("a or", ":a"),
        ("or a", ":a"),
        ("-(or a", ":a"),
        ("-or a", ("All", ("not", ":or"), ":a")),
    ],
)
def test_what_is_typed_is_meant(text: str, meant: object) -> None:
    assert plain(parser.parse(text).root) == meant


def test_the_name_of_a_field_that_an_event_has() -> None:
    (term,) = terms(parser.parse("has:customer").root)
    assert (term.key, term.name) == ("has", "customer")


def test_signs_of_the_grammar_have_places() -> None:
    text = "-(a or b)"
    assert [text[start:end] for start, end in parser.signs(text)] == ["-", "(", "or", ")"]


def test_a_parenthesis_without_its_half_is_a_doubt_at_its_place() -> None:
    query = parser.parse("a (b (c)")
    assert plain(query.root) == ("All", ":a", ":b", ":c")
    (problem,) = query.problems
    assert (problem.start, problem.end, problem.is_doubt) == (2, 3, True)


@given(HOSTILE)
@example("-(" * 40)
@example("-or")
@example("(" * 500 + ")" * 500)
def test_any_text_can_be_searched_for(text: str) -> None:
    query = parser.parse(text)
    for problem in query.problems:
        assert 0 <= problem.start < problem.end <= len(text)
        assert problem.sentence
    before = 0
    for term in parser.typed_terms(text):
        assert before <= term.start <= term.value_start <= term.end <= len(text)
        before = term.end
        raw = text[term.value_start : term.end].replace("\0", " ")
        assert raw.strip('"').replace('""', '"').strip('"') == term.value.strip('"')
        assert term.key in FIELDS or not term.key
    assert all(term.value for term in terms(query.root))


@given(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20).filter(
        lambda word: word.lower() != "or"
    )
)
def test_a_word_is_itself(word: str) -> None:
    assert parser.parse(word).root == Term(
        key="", value=word, operator=Operator.HAS, start=0, value_start=0, end=len(word)
    )
