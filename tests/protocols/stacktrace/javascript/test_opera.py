import pytest

from app.protocols.stacktrace import parse
from app.protocols.stacktrace.javascript import opera

STACKTRACE = """Error thrown at line 42, column 12 in <anonymous function: pay>((void 0)) in http://shop.test/cart.js:
    order.total();
called from line 27, column 8 in checkout(order) in http://shop.test/cart.js:
    pay(order);
called via Function.prototype.apply() from line 9, column 1 in <anonymous function>(e) in http://shop.test/cart.js:
    f.apply(this);
called from line 15, column 3 in http://shop.test/cart.js:
    go(1);"""


def test_a_call_and_its_source() -> None:
    parsed = parse(STACKTRACE)

    (raised,) = parsed.exceptions
    assert (parsed.platform, parsed.unread) == ("javascript", 0)
    assert [(frame.function, frame.line, frame.column, frame.context) for frame in raised.frames] == [
        (None, 15, 3, ((15, "go(1);"),)),
        (None, 9, 1, ((9, "f.apply(this);"),)),
        ("checkout", 27, 8, ((27, "pay(order);"),)),
        ("pay", 42, 12, ((42, "order.total();"),)),
    ]
    assert {frame.filename for frame in raised.frames} == {"http://shop.test/cart.js"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Line 42 of linked script http://shop.test/cart.js", (None, "http://shop.test/cart.js", 42)),
        (
            "Line 7 of inline#1 script in http://shop.test/: In function pay",
            ("pay", "http://shop.test/", 7),
        ),
        ("Line 2 of eval script", (None, "inline", 2)),
        ("Error at line 3, column 5 in settings.yml:", None),
        ("Line 3 of the letter", None),
        ("Line 3 of the postscript", None),
        ("at line 3, column 1 in " + "x" * 5_000 + ":", None),
    ],
)
def test_older_lines_and_others(line: str, expected: tuple[str | None, str, int] | None) -> None:
    found = opera.call(line)

    assert (found and (found.function, found.filename, found.line)) == expected
