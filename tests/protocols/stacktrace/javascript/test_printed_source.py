from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, said, sample


def test_bun_prints_numbered_lines_above_the_error() -> None:
    parsed = sample("javascript/bun_uncaught")

    assert (parsed.before, parsed.unread) == ("", 0)
    assert parsed.exceptions[0].frames[-1].context == (
        (1, "class Cart {"),
        (2, '  #total() { throw new TypeError("it broke"); }'),
    )


def test_bun_calls_a_plain_error_error() -> None:
    parsed = parse(
        "2 | pay()\n    ^\nerror: no card\n      at pay (/srv/pay.js:2:1)\n\nBun v1.4.5 (Linux x64)\n"
    )

    assert said(parsed) == [("Error", "no card")]
    assert (parsed.before, parsed.unread) == ("", 0)
    other = parse("7 | pay()\n    ^\nerror: no card\n      at pay (/srv/pay.js:2:1)\n")
    assert other.before == "7 | pay()\n    ^"
    assert other.exceptions[0].frames[0].context == ()


def test_deno_prints_the_line_below_the_message() -> None:
    parsed = sample("javascript/deno_cause")

    assert said(parsed) == [("RangeError", "no card\nat all"), ("Error", "not paid")]
    assert calls(parsed.exceptions[1]) == [
        "None /srv/my shop (1)/cause.js:9:1",
        "pay /srv/my shop (1)/cause.js:3:39",
    ]
    assert parsed.exceptions[1].frames[-1].context == (
        (3, 'try { charge(); } catch (e) { throw new Error("not paid", { cause: e }); }'),
    )
    assert parsed.unread == 0
