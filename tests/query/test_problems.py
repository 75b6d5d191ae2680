"""What cannot be meant is said at its place, with what to write instead."""

import pytest

from app.query import parser, problems


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("is:opne", "is:open"),
        ("is:igored", "is:muted"),
        ("boom level:eror", "boom level:error"),
        ("level:>=warnin", "level:>=warning"),
        ('level:"eror" x', "level:error x"),
        ("handled:yse", "handled:yes"),
        ("users:alice", "user:alice"),
        ("levle:error", "level:error"),
        ("-levle:error", "-level:error"),
        ("enviroment:dev", "environment:dev"),
        ("tags.customer:gold", "tag.customer:gold"),
        ("user.email:a", "tag.user.email:a"),
        ("times:many", "times:many"),
        ("last:soon", "last:soon"),
        ("run:lst", "run:last"),
        ("newinrun:curent", "newinrun:current"),
        ("run:build", "run:build"),
    ],
)
def test_a_mistake_is_mended_at_its_place(text: str, better: str) -> None:
    (problem,) = parser.parse(text).problems
    assert problem.sentence
    mended = text[: problem.start] + problem.instead + text[problem.end :] if problem.instead else text
    assert mended == better


@pytest.mark.parametrize(
    "text",
    [
        "level:>=warn",
        "is:unresolved",
        "std::string",
        "localhost:3000",
        "file.py:19",
        "levels",
        "last:",
        "times:>",
    ],
)
def test_nothing_is_wrong_with_this(text: str) -> None:
    assert parser.parse(text).problems == ()


def test_a_key_that_is_text_is_only_a_doubt() -> None:
    assert [problem.is_doubt for problem in parser.parse("levle:error is:opne").problems] == [True, False]


@pytest.mark.parametrize(
    ("text", "is_hopeless"),
    [
        ("level:eror", True),
        ("boom level:eror", True),
        ("-is:opne", True),
        ("boom or level:eror", False),
        ("is:opne or level:eror", True),
        ("levle:error", False),
        ("(boom", False),
        ("", False),
    ],
)
def test_what_can_find_nothing_whatever_is_stored(text: str, is_hopeless: bool) -> None:
    assert problems.is_hopeless(parser.parse(text).root) is is_hopeless
