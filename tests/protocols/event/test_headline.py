import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import ExceptionInfo, Frame, Thread
from app.protocols.event import headline
from tests.factories import make_event


def raised(kind: str | None, value: str | None = None, *frames: Frame) -> ExceptionInfo:
    return ExceptionInfo(type=kind, value=value, frames=frames)


OWN = Frame(module="shop.views", function="pay", in_app=True)
FOREIGN = Frame(filename="flask/app.py", function="dispatch", in_app=False)


@pytest.mark.parametrize(
    ("exceptions", "message", "title"),
    [
        ([raised("KeyError", "'x'")], "ignored", "KeyError: 'x'"),
        ([raised("KeyError")], None, "KeyError"),
        ([raised("KeyError"), raised("ShopError", "one\ntwo")], None, "ShopError: one"),
        ([raised(None, "only a value")], None, "only a value"),
        ([], "\n  first line \nsecond", "first line"),
        ([], None, "<unlabelled event>"),
        ([], "  \n ", "<unlabelled event>"),
    ],
)
def test_title(exceptions: list[ExceptionInfo], message: str | None, title: str) -> None:
    assert headline.title(exceptions, message) == title


@pytest.mark.parametrize(
    ("kind", "value", "title"),
    [
        (
            "NoMethodError",
            "undefined method 'x' (NoMethodError)\n\n  a.x\n   ^^",
            "NoMethodError: undefined method 'x'",
        ),
        ("Shop::CardError", "no card (Shop::CardError)", "Shop::CardError: no card"),
        ("CardError", "no card (Shop::CardError)", "CardError: no card"),
        ("KeyError", "no card (CardError)", "KeyError: no card (CardError)"),
        (
            "RuntimeError",
            "\x1b[1mno card (\x1b[1;4mRuntimeError\x1b[m\x1b[1m)\x1b[m",
            "RuntimeError: no card",
        ),
        ("RuntimeError", "RuntimeError", "RuntimeError"),
        ("TypeError", "TypeError: x is undefined", "TypeError: x is undefined"),
        ("TypeError", "\n  x is undefined\nmore", "TypeError: x is undefined"),
        ("E", "f(x) (see line 3)", "E: f(x) (see line 3)"),
    ],
)
def test_a_title_says_the_class_once_and_is_one_line(kind: str, value: str, title: str) -> None:
    assert headline.title([raised(kind, value)], None) == title


def test_a_title_is_cut_at_a_sensible_length() -> None:
    title = headline.title([], "word " * 1000)

    assert len(title) <= headline.TITLE_LENGTH
    assert title.endswith("word…")


def test_the_last_in_app_frame_is_to_blame() -> None:
    assert headline.culprit([raised("E", None, OWN, FOREIGN)], ()) == "shop.views in pay"
    assert headline.culprit([raised("E", None, FOREIGN)], ()) == "flask/app.py in dispatch"
    assert headline.culprit([raised("E", None, OWN), raised("E")], ()) == "shop.views in pay"
    assert (
        headline.culprit([], [Thread(frames=(FOREIGN,)), Thread(crashed=True, frames=(OWN,))])
        == "shop.views in pay"
    )
    assert headline.culprit([raised("E")], ()) is None
    assert headline.culprit([raised("E", None, Frame(function="f"))], ()) == "f"


@pytest.mark.parametrize(
    ("frame", "place"),
    [
        (Frame(filename="shop/ledger.py", line=19, function="charge"), "ledger.py:19 in charge"),
        (Frame(filename="C:\\shop\\Ledger.cs", function="Charge"), "Ledger.cs in Charge"),
        (Frame(abs_path="https://shop.example/static/app.js?v=3", line=1), "app.js:1"),
        (Frame(filename="https://shop.example/"), "shop.example"),
        (Frame(module="shop.views", function="pay"), "shop.views in pay"),
    ],
)
def test_a_place_is_file_line_and_function(frame: Frame, place: str | None) -> None:
    assert headline.place(make_event(exceptions=(raised("E", None, frame, FOREIGN),))) == place


def test_a_place_is_not_said_twice() -> None:
    exceptions = (raised("E", None, Frame(module="shop.views", function="pay")),)
    assert headline.place(make_event(exceptions=exceptions, culprit="shop.views in pay")) is None
    assert headline.place(make_event(exceptions=exceptions, culprit="/pay")) == "shop.views in pay"
    assert headline.place(make_event(exceptions=())) is None


def test_the_transaction_stands_behind_the_place() -> None:
    assert headline.whereabouts(make_event(culprit="/pay", transaction="/pay")) == (
        "checkout.py:12 in charge_card · /pay"
    )
    assert headline.whereabouts(make_event(culprit="shop.views in pay")) == "shop.views in pay"
    assert headline.whereabouts(make_event(culprit=None, transaction="/pay", exceptions=())) == "/pay"
    assert headline.whereabouts(make_event(culprit=None, exceptions=())) is None


def test_what_raised_the_error_is_not_to_blame() -> None:
    panic = Frame(filename="panicking.rs", line=7, function="rust_begin_unwind")
    total = Frame(filename="cart.rs", line=40, function="shop::total")
    exceptions = (raised("panic", None, total, panic),)
    assert headline.culprit(exceptions, (), "rust") == "cart.rs in shop::total"
    assert headline.place(make_event(exceptions=exceptions, platform="rust")) == "cart.rs:40 in shop::total"


@given(st.text(), st.text())
def test_any_path_has_a_short_name(path: str, function: str) -> None:
    frame = Frame(filename=path, function=function)
    place = headline.place(make_event(exceptions=(raised("E", None, frame),)))
    assert place is None or 0 < len(place) <= headline.PLACE_LENGTH
