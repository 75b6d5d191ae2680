import pytest

from app.model import Frame
from app.protocols.stacktrace.javascript import calls as javascript_calls
from tests.protocols.stacktrace.reading import calls, only


@pytest.mark.parametrize(
    ("name", "crash"),
    [
        ("constructor", "new Till /srv/shop/odd.js:3:42"),
        ("getter", "get total /srv/shop/odd.js:4:17"),
        ("iterator", "[Symbol.iterator] /srv/shop/odd.js:5:31"),
        ("oddname", "charge it /srv/shop/odd.js:6:27"),
        ("alias", "Object.named /srv/shop/odd.js:16:71"),
        ("private", "#secret /srv/shop/odd.js:8:20"),
        ("map", "None /srv/shop/odd.js:20:33"),
        ("eval", "inside /srv/shop/odd.js:17:15"),
        ("vm", "inVm templates/cart.tpl:1:25"),
        ("recursion", "f /srv/shop/odd.js:30:38"),
    ],
)
def test_names_of_functions(name: str, crash: str) -> None:
    assert calls(only(f"javascript/node_{name}"))[-1] == crash


def place(frame: Frame | None) -> str | None:
    if frame is None:
        return None
    return " ".join(
        str(part) for part in (frame.function, frame.filename, frame.line, frame.column) if part is not None
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("at pay (/srv/shop/pay.js:3:17)", "pay /srv/shop/pay.js 3 17"),
        ("at async Cart.pay (file:///srv/shop/pay.mjs:3:17)", "Cart.pay /srv/shop/pay.mjs 3 17"),
        ("at Object.f [as named] (C:\\shop\\pay.js:1:2)", "Object.f C:\\shop\\pay.js 1 2"),
        ("at /srv/my shop/pay.js:3:17", "/srv/my shop/pay.js 3 17"),
        ("at Array.map (<anonymous>)", "Array.map <anonymous>"),
        ("at async Promise.all (index 0)", "Promise.all <anonymous>"),
        ("at node:internal/main/run_main_module:28:49", "node:internal/main/run_main_module 28 49"),
        ("at REPL1:1:7", "REPL1 1 7"),
        (
            "at eval (eval at charge (/srv/shop/pay.js:4:5), <anonymous>:1:1)",
            "eval /srv/shop/pay.js 4 5",
        ),
        ("at noon 12:30:15", None),
        ("at home (see the letter)", None),
        ("at src/main.rs:3:5", None),
        ("pay (/srv/shop/pay.js:3:17)", None),
        ("at pay (/srv/" + "x" * 5_000 + ":3:17)", None),
    ],
)
def test_lines_of_v8(line: str, expected: str | None) -> None:
    assert place(javascript_calls.v8_call(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pay@http://shop.test/cart.js:14:23", "pay http://shop.test/cart.js 14 23"),
        ("@http://shop.test/cart.js:50:1", "http://shop.test/cart.js 50 1"),
        ("setTimeout handler*later@http://shop.test/cart.js:41:3", "later http://shop.test/cart.js 41 3"),
        ("forEach@[native code]", "forEach [native code]"),
        ("inside@http://shop.test/cart.js line 30 > eval:1:1", "inside http://shop.test/cart.js 30"),
        ("global code@https://shop.test/cart.js:1:2", "global code https://shop.test/cart.js 1 2"),
        ("ann@example.com:80:1", None),
        ("mail ann@http://shop.test/cart.js:1:2", None),
        ("pay", None),
    ],
)
def test_lines_of_firefox_and_safari(line: str, expected: str | None) -> None:
    assert place(javascript_calls.gecko_call(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("http://shop.test/cart.js:22:9", "http://shop.test/cart.js 22 9"),
        ("[native code]", "[native code]"),
        ("eval code", "eval code [native code]"),
        ("see http://shop.test/cart.js:22:9", None),
        ("/srv/my shop/cart.js:22:9", None),
        ("12:30:15", None),
    ],
)
def test_lines_of_safari_without_a_function(line: str, expected: str | None) -> None:
    assert place(javascript_calls.nameless_call(line)) == expected
