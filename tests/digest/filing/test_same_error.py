"""Whether two reports are of one error."""

import pytest
from msgspec.structs import replace

from app.digest.filing import same_error
from app.digest.filing.same_error import Kind, Likeness, Place, Told, is_alike, is_same, name_of
from app.model import ExceptionInfo, Frame, Level
from tests.factories import make_event

PAY, MAIN = Place("pay.py", 2, "pay"), Place("pay.py", 9, "<module>")
LIKE = Likeness("ValueError", "no card", (PAY, MAIN))
PRINTED = Told(kind=Kind.PRINTED, likeness=LIKE, at=0, arrived=0, run="a")
SENT = replace(PRINTED, kind=Kind.SENT)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("ValueError", "ValueError"),
        ("shop.errors.Declined", "Declined"),
        ("Shop::Declined", "Declined"),
        ("com.shop.Pay$Declined", "Declined"),
        ("System.IO.IOException", "IOException"),
        ("TypeError [ERR_INVALID_ARG_TYPE]", "TypeError"),
        ("App\\Declined", "Declined"),
        ("Odd.", "Odd."),
        (None, ""),
    ],
)
def test_the_name_of_a_type(given: str | None, name: str) -> None:
    assert name_of(given) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("no card", "no card", True),
        ("no card", "no cards", False),
        ("a message that is long and is c...", "a message that is long and is cut", True),
        ("short...", "short and more", False),
        ("invalid syntax", "invalid syntax (pay.py, line 3)", True),
        ("", "", True),
    ],
)
def test_messages(one: str, other: str, same: bool) -> None:
    first, second = replace(LIKE, message=one), replace(LIKE, message=other)
    assert is_alike(first, second) is is_alike(second, first) is same


@pytest.mark.parametrize(
    ("frames", "same"),
    [
        ((PAY, MAIN), True),
        ((Place("client.py", 1, "wrap"), PAY, MAIN), True),
        ((PAY,), True),
        ((replace(PAY, line=3), MAIN), False),
        ((replace(PAY, file="other.py"),), False),
        ((replace(PAY, line=None),), True),
        ((replace(PAY, line=None, function=None),), False),
        ((), True),
    ],
)
def test_places(frames: tuple[Place, ...], same: bool) -> None:
    other = replace(LIKE, frames=frames)
    assert is_alike(LIKE, other) is is_alike(other, LIKE) is same


def test_what_says_nothing_is_like_nothing() -> None:
    assert not is_alike(Likeness("", ""), Likeness("", ""))


def test_the_richer_one_is_the_other_way_round_never() -> None:
    assert is_same(PRINTED, SENT)
    assert not is_same(SENT, PRINTED)
    assert not is_same(PRINTED, PRINTED)


def test_time_and_run() -> None:
    late = same_error.WITHIN + 1
    assert is_same(PRINTED, replace(SENT, at=late))
    assert is_same(PRINTED, replace(SENT, arrived=late))
    assert not is_same(PRINTED, replace(SENT, at=late, arrived=late))
    assert not is_same(PRINTED, replace(SENT, run="b"))
    assert is_same(PRINTED, replace(SENT, run=None))
    assert not is_same(PRINTED, replace(SENT, run=None, at=late))


def test_a_likeness_is_of_what_was_raised_last_and_is_stored() -> None:
    frames = (
        Frame(filename="a/main.py", line=9, function="main"),
        Frame(filename="pay.py", abs_path="C:\\shop\\pay.py", line=2, function="pay"),
    )
    cause = ExceptionInfo(type="KeyError", value="x")
    raised = ExceptionInfo(
        type="shop.Declined", value=" no\ncard", mechanism={"handled": False}, frames=frames
    )
    likeness = same_error.likeness(make_event(exceptions=(cause, raised)))
    assert likeness == Likeness(
        "Declined", "no", (Place("pay.py", 2, "pay"), Place("main.py", 9, "main")), is_crash=True
    )
    assert same_error.decode(same_error.encode(likeness)) == likeness


def test_a_message_alone() -> None:
    event = make_event(exceptions=(), message="disk full\nreally", level=Level.FATAL)
    assert same_error.likeness(event) == Likeness("", "disk full", is_crash=True)
