"""Calls as Firefox's console and Vitest show them."""

import pytest

from app.protocols.stacktrace import parse
from app.protocols.stacktrace.javascript import shown_calls
from tests.protocols.stacktrace.reading import calls, only, said

CONSOLE = """Uncaught TypeError: card is undefined
    pay http://shop.test/cart.js:3
    async*main http://shop.test/cart.js:9
    async* file:///srv/shop/boot.js:1
"""


def test_what_was_copied_from_the_console_of_firefox_is_read() -> None:
    parsed = parse(CONSOLE)

    assert said(parsed) == [("TypeError", "card is undefined")]
    assert calls(parsed.exceptions[0]) == [
        "None /srv/shop/boot.js:1",
        "main http://shop.test/cart.js:9",
        "pay http://shop.test/cart.js:3",
    ]
    assert (parsed.before, parsed.unread) == ("", 0)


@pytest.mark.parametrize("again", ["", CONSOLE.partition("\n")[2]])
def test_the_link_below_and_the_same_calls_once_more_count_once(again: str) -> None:
    parsed = parse(f"{CONSOLE}cart.js:3:9\n{again}")

    assert (len(parsed.frames), parsed.unread) == (3, 0)


def test_the_calls_of_vitest_are_read_around_the_source() -> None:
    raised = only("javascript/vitest")

    assert (raised.type, raised.value) == (
        "TypeError",
        "Cannot read properties of undefined (reading 'total')",
    )
    assert calls(raised) == [
        "None test/cart.test.js:9:10",
        "new Cart src/my cart.js:7:12",
        "Cart.pay src/my cart.js:3:21",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "see\n    docs http://shop.test/cart.js:3\n",
        "    docs http://localhost:8080\n    more https://shop.test/:1\n",
        "TypeError: no card\nsee http://shop.test:80\n",
        f" {shown_calls.MARK}test/cart.test.ts (3 tests | 1 failed) 12ms\n",
        f"{shown_calls.MARK}12:30:11\n",
    ],
)
def test_other_texts_are_no_stack(text: str) -> None:
    assert parse(text).exceptions == ()
