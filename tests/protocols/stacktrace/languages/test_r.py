import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_the_names_of_the_calls() -> None:
    parsed = sample("r/script")
    assert (parsed.platform, parsed.unread) == ("r", 0)
    assert said(parsed) == [("Error", "total is negative: -5")]
    assert calls(parsed.exceptions[0]) == [
        "checkout ",
        "[sapply ]",
        "[lapply ]",
        "FUN ",
        "charge ",
    ]
    assert said(sample("r/builtin")) == [("Error", "non-numeric argument to mathematical function")]


def test_a_traceback_says_where() -> None:
    parsed = sample("r/traceback")
    assert parsed.unread == 0
    assert calls(parsed.exceptions[0])[-3:] == ["FUN ", "charge shop.R:5", "stop shop.R:2"]
    alone = parse('2: charge(order, total) at shop.R#5\n1: checkout("order 7", -5) at shop.R#6\n')
    assert calls(alone.exceptions[0]) == ["checkout shop.R:6", "charge shop.R:5"]


def test_a_tree_of_rlang_has_the_causes_above_it() -> None:
    assert said(sample("r/rlang")) == [
        ("Error", "total is negative: -5"),
        ("Error", "could not check out"),
    ]
    assert calls(sample("r/rlang").exceptions[-1])[-2:] == ["charge shop.R:5", "[rlang|abort till.R:2]"]
    assert "[base|tryCatch ]" in calls(sample("r/rlang").exceptions[-1])
    assert only("r/script").frames


def test_the_heading_may_name_the_place() -> None:
    parsed = parse(
        "Error in charge(7) (from till.R#2) : no money\nCalls: checkout -> charge\nExecution halted\n"
    )
    assert calls(parsed.exceptions[0]) == ["checkout ", "charge till.R:2"]


def test_shiny() -> None:
    parsed = parse(
        "Warning: Error in charge: total is negative\n  56: stop\n"
        "  55: charge [/srv/shop/app.R#5]\n  1: runApp\n"
    )
    assert said(parsed) == [("Error", "total is negative")]
    assert calls(parsed.exceptions[0])[1:] == ["charge /srv/shop/app.R:5", "[stop ]"]


@pytest.mark.parametrize(
    "text",
    [
        "Error in the shop : no money\nask the bank",
        "3: look at issue#12\n2: and fix it\n1: done at shop.R#1",
        "Calls: twelve today",
    ],
)
def test_prose_is_no_trace(text: str) -> None:
    assert parse(text, "r").exceptions == ()
