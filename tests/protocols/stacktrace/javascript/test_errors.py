from app.protocols.stacktrace import parse, parse_frames
from tests.protocols.stacktrace.reading import calls, only, said, sample, text_of


def test_an_uncaught_error_of_node_has_its_source_line() -> None:
    parsed = sample("javascript/node_plain")

    (raised,) = parsed.exceptions
    assert (parsed.platform, parsed.before) == ("node", "")
    assert (raised.type, raised.value) == ("RangeError", "total of A7 is negative")
    assert calls(raised)[-6:] == [
        "Object.<anonymous> /srv/shop/plain.js:8:1",
        "checkout /srv/shop/plain.js:6:10",
        "[Array.forEach <anonymous>]",
        "None /srv/shop/plain.js:6:29",
        "pay /srv/shop/plain.js:3:17",
        "[Gateway.charge /srv/shop/node_modules/payer/index.js:3:32]",
    ]
    crash = raised.frames[-1]
    line = "if (order.total < 0) throw new RangeError(`total of ${order.id} is negative`);"
    assert crash.context == ((3, line),)
    assert crash.abs_path == "/srv/shop/node_modules/payer/index.js"


def test_messages() -> None:
    assert said(sample("javascript/node_empty")) == [("Error", None)]
    assert said(sample("javascript/node_string")) == [(None, "odd name: renamed")]
    assert said(sample("javascript/node_assert")) == [
        ("AssertionError", "Expected values to be strictly equal:\n\n1 !== 2")
    ]
    assert said(sample("javascript/node_code")) == [
        ("Error", "Cannot find module './not-there'\nRequire stack:\n- /srv/shop/odd.js")
    ]


def test_a_message_may_quote_a_traceback_of_python() -> None:
    parsed = sample("javascript/node_exec")

    (raised,) = parsed.exceptions
    assert parsed.platform == "node"
    assert raised.value is not None
    assert raised.value.startswith("Command failed: python3")
    assert raised.value.endswith("ValueError: 7")


def test_modules_are_files() -> None:
    raised = only("javascript/node_esm")

    assert calls(raised)[:3] == [
        "None /srv/shop/esm.mjs:4:7",
        "start /srv/shop/esm.mjs:3:33",
        "settings /srv/shop/esm.mjs:2:45",
    ]
    (frame,) = parse_frames("    at pay (file:///C:/shop/pay.mjs:1:2)")
    assert frame.abs_path == "C:/shop/pay.mjs"


def test_a_file_that_cannot_be_compiled_is_the_last_frame() -> None:
    parsed = parse(
        "/srv/shop/bad.js:3\n  let x = ;\n          ^\n\nSyntaxError: Unexpected token ';'\n"
        "    at wrapSafe (node:internal/modules/cjs/loader:1469:18)\n\nNode.js v20.20.2\n"
    )

    (raised,) = parsed.exceptions
    assert [frame.filename for frame in raised.frames] == [
        "node:internal/modules/cjs/loader",
        "/srv/shop/bad.js",
    ]
    assert raised.frames[-1].context == ((3, "let x = ;"),)


def test_chromium() -> None:
    parsed = sample("javascript/chromium")

    (raised,) = parsed.exceptions
    assert parsed.platform == "javascript"
    assert calls(raised) == [
        "None http://127.0.0.1:8080/shop.html:3:1",
        "[Promise.all <anonymous>]",
        "new Cart http://127.0.0.1:8080/shop.html:2:34",
        "[Array.forEach <anonymous>]",
        "Cart.pay http://127.0.0.1:8080/shop.html:2:160",
        "eval http://127.0.0.1:8080/shop.html:2:160",
    ]


def test_bundlers_libraries_and_extensions_are_not_in_app() -> None:
    raised = only("javascript/webpack")

    assert (raised.type, raised.value) == (
        "TypeError",
        "Cannot read properties of undefined (reading 'total')",
    )
    assert [frame.in_app for frame in raised.frames] == [False, False, False, False, True, True]


def test_firefox_has_calls_alone() -> None:
    parsed = sample("javascript/firefox")

    (raised,) = parsed.exceptions
    assert parsed.platform == "javascript"
    assert (raised.type, raised.value) == (None, None)
    assert calls(raised) == [
        "None http://localhost:8080/static/cart.js:50:1",
        "[None http://localhost:8080/node_modules/@shop/till/index.js:7:1]",
        "later http://localhost:8080/static/cart.js:41:3",
        "inside http://localhost:8080/static/cart.js:30",
        "[forEach [native code]]",
        "checkout/< http://localhost:8080/static/cart.js:22:9",
        "pay http://localhost:8080/static/cart.js:14:23",
    ]


def test_safari_leaves_out_names() -> None:
    raised = only("javascript/safari")

    assert (raised.type, raised.value) == (
        "TypeError",
        "null is not an object (evaluating 'order.total')",
    )
    assert calls(raised) == [
        "global code http://localhost:8080/static/cart.js:50:1",
        "module code http://localhost:8080/static/cart.js:41:3",
        "[eval [native code]]",
        "[eval code [native code]]",
        "[None [native code]]",
        "[forEach [native code]]",
        "None http://localhost:8080/static/cart.js:22:9",
        "pay http://localhost:8080/static/cart.js:14:23",
    ]


def test_a_bare_stack_below_the_line_of_a_log() -> None:
    parsed = parse("2026-01-01 ERROR Could not charge\n    at charge (/srv/pay.js:3:9)\n", "node")

    assert parsed.before == "2026-01-01 ERROR Could not charge"
    assert said(parsed) == [(None, None)]
    assert parse("renamed thing\n    at charge (/srv/pay.js:3:9)\n").exceptions[0].value == "renamed thing"
    assert parse("Fault: it\n    at charge (/srv/pay.js:3:9)\n").exceptions[0].type == "Fault"


def test_frames_of_a_text_that_may_lack_a_heading() -> None:
    text = text_of("javascript/node_plain")
    bare = text[text.index("    at ") :]

    assert parse_frames(bare) == sample("javascript/node_plain").exceptions[0].frames[:-1] + parse_frames(
        "    at Gateway.charge (/srv/shop/node_modules/payer/index.js:3:32)"
    )
