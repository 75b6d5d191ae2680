import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_places_stand_in_a_line_of_their_own() -> None:
    parsed = sample("julia/new")

    assert (parsed.platform, parsed.before, parsed.unread) == ("julia", "", 0)
    assert said(parsed) == [
        ("KeyError", 'key "order 7" not found'),
        ("DomainError", "-5:\ntotal is negative\nask the bank"),
    ]
    assert calls(parsed.exceptions[0]) == [
        "Main.Shop|charge /srv/shop/till.jl:2",
        "[Base|getindex ./dict.jl:498]",
    ]
    assert calls(parsed.exceptions[1])[-1] == "Main.Shop|charge /srv/shop/till.jl:3"
    assert calls(parsed.exceptions[1])[0] == "top-level scope /srv/shop/shop.jl:9"


def test_before_16_places_stood_behind_the_call() -> None:
    assert said(sample("julia/old")) == [("UndefVarError", "total not defined")]
    assert calls(only("julia/old")) == [
        "top-level scope /srv/shop/shop.jl:9",
        "[include ./Base.jl:377]",
        "charge /srv/shop/till.jl:3",
    ]


def test_error_alone_names_no_type() -> None:
    assert said(sample("julia/repl")) == [("ErrorException", "total is negative")]
    assert calls(only("julia/repl"))[0] == "top-level scope REPL[2]:1"


def test_in_a_log() -> None:
    parsed = parse("[ Error: no money\nKeyError: key 7 not found\nStacktrace:\n [1] pay at /srv/till.jl:3\n")
    assert said(parsed) == [("KeyError", "key 7 not found")]
    assert parsed.before == "[ Error: no money"


def test_the_loggers_box() -> None:
    parsed = parse(
        "┌ Error: could not check out\n│   exception =\n│    KeyError: key 7 not found\n│    Stacktrace:\n"
        "│     [1] pay(n::Int64)\n│       @ Main /srv/shop/till.jl:3\n└ @ Main /srv/shop/shop.jl:5\n"
    )
    assert said(parsed) == [("KeyError", "key 7 not found")]
    assert calls(parsed.exceptions[0]) == ["Main|pay /srv/shop/till.jl:3"]


@pytest.mark.parametrize(
    "text",
    ["Sources:\n [1] Ann at http://localhost:8080\n [2] Ben at 10:30", "Stacktrace:\nnone", "see till.jl:3"],
)
def test_prose_is_no_trace(text: str) -> None:
    assert parse(text, "julia").exceptions == ()
