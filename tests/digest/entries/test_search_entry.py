"""What the digest writes of an event for the search."""

from app.digest.entries import search_entry
from app.model import ExceptionInfo, Frame, Request, Thread, UserAgent
from app.store.search_texts import EMPTY, MARK
from tests.factories import make_event


def test_each_text_is_there_once() -> None:
    event = make_event(message="KeyError: 'card'", logger="shop", request=Request(url="http://shop/pay"))
    texts = search_entry.of(event, [("environment", "dev")])
    assert texts.words == "KeyError: 'card'\nshop"
    assert (texts.type, texts.culprit, texts.url) == (
        "KeyError",
        "shop.checkout in charge_card",
        "http://shop/pay",
    )
    assert (texts.files, texts.functions, texts.modules) == (
        "shop/checkout.py:12",
        "charge_card",
        "shop.checkout",
    )
    lines = [f"{MARK}environment dev", f"{MARK}level error", f"{MARK}logger logger shop"]
    assert texts.tags.split("\n") == lines
    empty = search_entry.of(make_event(exceptions=()), []).tags.split("\n")
    assert empty == [f"{MARK}level error", *(EMPTY + field for field in search_entry.FIELDS)]
    assert texts.more == ""


def test_calls_of_the_app_come_first_and_there_are_not_too_many() -> None:
    frames = tuple(Frame(function=f"f{n}", in_app=n < 3) for n in range(100))
    texts = search_entry.of(make_event(exceptions=(ExceptionInfo(frames=frames),)), [])
    functions = texts.functions.split("\n")
    assert functions[:4] == ["f2", "f1", "f0", "f99"]
    assert len(functions) == search_entry.MOST_NAMES


def test_without_an_exception_the_threads_count() -> None:
    thread = Thread(frames=(Frame(filename="a.c"),))
    assert search_entry.of(make_event(exceptions=(), threads=(thread,)), []).files == "a.c"


def test_a_device_is_known_and_whether_the_app_caught_it() -> None:
    caught = ExceptionInfo(type="E", mechanism={"handled": True})
    event = make_event(user_agent=UserAgent(raw="x", device="Pixel"), exceptions=(caught,))
    tags = search_entry.of(event, []).tags
    assert f"{MARK}device Pixel" in tags
    assert f"{MARK}handled yes" in tags
