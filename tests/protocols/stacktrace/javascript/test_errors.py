import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Frame
from app.protocols.stacktrace import Parsed, parse
from tests.protocols.stacktrace.reading import SAMPLES, calls, only, said, sample, text_of

NAMES = sorted(path.stem for path in (SAMPLES / "javascript").glob("*.txt"))
HERMES = """TypeError: undefined is not a function
    at pay (address at index.android.bundle:1:557290)
    at anonymous (address at index.android.bundle:1:550772)
    at apply (native)
    at global (address at index.android.bundle:1:549807)"""
REACT_NATIVE = """pay@index.android.bundle:1042:2531
[native code]
@index.android.bundle:437:5562
run@[native code]"""
PHANTOM = """TypeError: 'null' is not an object (evaluating 'order.total')
    at http://shop.test/cart.js:878
    at pay (http://shop.test/cart.js:4283)
    at file:///srv/shop/main.js:4287"""
EDGE = """TypeError: Unable to get property 'total' of undefined or null reference
   at Anonymous function (http://shop.test/cart.js:48:13)
   at Function code (Function code:23:1)
   at Array.prototype.forEach (native code)
   at Global code (http://shop.test/cart.js:82:1)"""
OLD_FIREFOX = """()@http://shop.test/cart.js:44
(null)@http://shop.test/cart.js:31
pay(1,"a")@http://shop.test/cart.js:18
@http://shop.test/cart.js:24"""
OLD_SAFARI = """TypeError: 'null' is not an object
eval code
eval@[native code]
pay@http://shop.test/cart.js:58:28
forEach
http://shop.test/cart.js:82:7
[native code]"""
SAFARI_WASM = """<?>.wasm-function[42]@[wasm code]
shop.wasm-function[pay]@[wasm code]
wasm-stub@[native code]
run@https://x.test/a/glue.js:10:5"""


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
    (frame,) = parse("    at pay (file:///C:/shop/pay.mjs:1:2)").frames
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

    assert (
        parse(bare).frames
        == sample("javascript/node_plain").exceptions[0].frames[:-1]
        + parse("    at Gateway.charge (/srv/shop/node_modules/payer/index.js:3:32)").frames
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            HERMES,
            [
                "global index.android.bundle:1:549807",
                "[apply native]",
                "anonymous index.android.bundle:1:550772",
                "pay index.android.bundle:1:557290",
            ],
        ),
        ("pay@1:557290\nglobal@1:549807", ["global 1:549807", "pay 1:557290"]),
        ("pay@1:557290", ["pay 1:557290"]),
        (
            REACT_NATIVE,
            [
                "[run [native code]]",
                "None index.android.bundle:437:5562",
                "[None [native code]]",
                "pay index.android.bundle:1042:2531",
            ],
        ),
        (
            PHANTOM,
            [
                "None /srv/shop/main.js:4287",
                "pay http://shop.test/cart.js:4283",
                "None http://shop.test/cart.js:878",
            ],
        ),
        (
            EDGE,
            [
                "Global code http://shop.test/cart.js:82:1",
                "[Array.prototype.forEach native code]",
                "Function code Function code:23:1",
                "Anonymous function http://shop.test/cart.js:48:13",
            ],
        ),
        (
            OLD_FIREFOX,
            [
                "None http://shop.test/cart.js:24",
                "pay http://shop.test/cart.js:18",
                "None http://shop.test/cart.js:31",
                "None http://shop.test/cart.js:44",
            ],
        ),
        (
            OLD_SAFARI,
            [
                "[None [native code]]",
                "None http://shop.test/cart.js:82:7",
                "forEach ",
                "pay http://shop.test/cart.js:58:28",
                "[eval [native code]]",
                "[eval code [native code]]",
            ],
        ),
        (
            "baz\nfoo\neval code\neval@[native code]\npay@http://a.test/a.js:1:2",
            [
                "pay http://a.test/a.js:1:2",
                "[eval [native code]]",
                "[eval code [native code]]",
                "foo ",
                "baz ",
            ],
        ),
        (
            "main@shop/cart:83:55\nshop/cart:22:17",
            ["None shop/cart:22:17", "main shop/cart:83:55"],
        ),
        (
            SAFARI_WASM,
            [
                "run https://x.test/a/glue.js:10:5",
                "[wasm-stub [native code]]",
                "shop.wasm-function[pay] [wasm code]",
                "<?>.wasm-function[42] [wasm code]",
            ],
        ),
        ("    in Cart (at App.js:12)\n    in div (created by App)", ["div ", "Cart App.js:12"]),
        ("http://a.test/a.js:1:2\n[native code]", ["[None [native code]]", "None http://a.test/a.js:1:2"]),
    ],
)
def test_spellings_of_engines(text: str, expected: list[str]) -> None:
    parsed = parse(text)

    places = [one.replace("None:", "").replace(" None", " ") for one in calls(parsed.exceptions[-1])]
    assert places == expected
    assert (parsed.platform, parsed.before, parsed.unread) == ("javascript", "", 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("spidermonkey_class", ["#p odd.js:16", "boom odd.js:2:25"]),
        ("spidermonkey_eval", ["anonymous odd.js:14", "None odd.js:14"]),
        ("spidermonkey_oddname", ['o["charge it (now)"] odd.js:7:83', "boom odd.js:2:25"]),
        ("spidermonkey_async", ["later odd.js:41", "boom odd.js:2:25"]),
        ("spidermonkey_wasm", ["wasm-function[1] odd.js:37", "boom odd.js:2:25"]),
        ("jsc_class", ["#p ", "boom odd.js:2:38"]),
        ("jsc_eval", ["eval code ", "boom odd.js:2:38"]),
        ("jsc_wasm", ["None odd.js:32:66", "0 [wasm code]"]),
        ("duktape_eval", ["inside input:1", "boom odd.js:2"]),
        ("node_wasm", ["wasm-function[1] wasm://wasm/d083b256:41", "boom /srv/my shop (1)/odd.js:2:25"]),
        ("node_class", ["#p /srv/my shop (1)/odd.js:16:29", "boom /srv/my shop (1)/odd.js:2:25"]),
    ],
)
def test_what_engines_print_is_read_whole(name: str, expected: list[str]) -> None:
    parsed = sample(f"javascript/{name}")

    (raised,) = parsed.exceptions
    lines = [line for line in text_of(f"javascript/{name}").splitlines() if line]
    assert len(raised.frames) == len(lines) - (raised.type is not None)
    assert calls(raised)[-2:] == expected
    assert (parsed.before, parsed.unread) == ("", 0)


@given(
    st.sampled_from(NAMES),
    st.integers(0, 60),
    st.sampled_from(
        [
            "~~ odd ~~",
            "    ?? odd (thing) [x]",
            "[object Object]",
            "3 more",
            "    at odd ??? thing",
            "word",
            "}{",
        ]
    ),
)
def test_an_unknown_line_hides_no_call(name: str, at: int, line: str) -> None:
    text = text_of(f"javascript/{name}")
    lines = text.split("\n")
    at = min(at, len(lines))

    left = iter(_places(parse("\n".join([*lines[:at], line, *lines[at:]]))))
    assert all(frame in left for frame in _places(parse(text)))


def _places(parsed: Parsed) -> list[tuple[str | None, str | None, int | None]]:
    frames: list[Frame] = [frame for raised in parsed.exceptions for frame in raised.frames]
    return [(frame.function, frame.filename, frame.line) for frame in frames]


def test_lines_that_are_nothing_known_are_counted() -> None:
    parsed = parse("pay@http://a.test/a.js:1:2\n?? odd ??\n\nmain@http://a.test/a.js:3:4\nand more text\n")

    assert calls(parsed.exceptions[0]) == ["main http://a.test/a.js:3:4", "pay http://a.test/a.js:1:2"]
    assert parsed.unread == 2


def test_an_unknown_first_call_is_no_part_of_the_message() -> None:
    parsed = parse("TypeError: it broke\n    at ?? odd\n    at main (http://a.test/a.js:1:2)")

    assert (said(parsed), parsed.unread) == ([("TypeError", "it broke")], 1)
    bare = parse("    at ?? odd\n    at main (http://a.test/a.js:1:2)")
    assert (said(bare), bare.unread) == ([(None, None)], 1)


def test_causes_in_the_spelling_of_firefox() -> None:
    parsed = parse(
        "Error: outer\na@http://a.test/a.js:1:2\nCaused by: TypeError: inner\nof it\nb@http://a.test/a.js:3:4\n"
    )

    assert said(parsed) == [("TypeError", "inner\nof it"), ("Error", "outer")]
    assert calls(parsed.exceptions[0]) == ["b http://a.test/a.js:3:4"]


def test_two_stacks_of_firefox_do_not_flow_together() -> None:
    parsed = parse("Error: a\na@http://a.test/a.js:1:2\n\nRangeError: b\nb@http://a.test/a.js:3:4\n")

    assert said(parsed) == [("Error", "a")]
    assert len(parsed.exceptions[0].frames) == 1
    assert parsed.unread == 2


def test_a_message_with_empty_lines_above_calls_of_firefox() -> None:
    parsed = parse("Error: no card\n\nplease pay\npay@http://a.test/a.js:1:2\n")

    assert (said(parsed), parsed.before) == ([("Error", "no card\n\nplease pay")], "")
    logged = parse("Error: other\n2026-11-30 12:00:00 INFO paid\n\nplease pay\npay@http://a.test/a.js:1:2\n")
    assert said(logged) == [(None, None)]


def test_what_react_native_writes_behind_the_message() -> None:
    parsed = parse("Error: no card, js engine: hermes, stack:\npay@1:557290\nglobal@1:549807\n")

    assert said(parsed) == [("Error", "no card")]


def test_a_message_of_several_lines_below_a_class_of_its_own() -> None:
    parsed = parse("PaymentFailed: no card\nfor order 7\n    at pay (/srv/pay.js:1:2)")

    assert said(parsed) == [("PaymentFailed", "no card\nfor order 7")]


@pytest.mark.parametrize(
    "text",
    [
        "ann@example.com:80 is down",
        "Hello,\nann@example.com:80:1\nbye",
        "redis://localhost:6379:0",
        "deploy@12:30",
        "ann@example.com:80:1",
        "@shop/cart.js:12",
        "http://localhost:8080/health:200",
        "see\nhttp://shop.test/cart.js:1:2\nplease",
        "in the end (at last)",
        "Error at line 3, column 5 in settings.yml:",
        "at noon (the bell)\nat home",
    ],
)
def test_other_texts_are_no_stack(text: str) -> None:
    assert parse(text).exceptions == ()


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        ("global code@till_tests/cart:83:55", "global code till_tests/cart:83:55"),
        (".Cart.pay$1@out/cart.dart.js:56", ".Cart.pay$1 out/cart.dart.js:56"),
        (".Cart.pay$1@out\\cart.dart.js:56", ".Cart.pay$1 out\\cart.dart.js:56"),
        ('pay(7, "@)()<")@http://shop.test/cart.js:5', "pay http://shop.test/cart.js:5"),
        ("cart.pay@7@http://shop.test/@js/cart.js:5:6", "cart.pay@7 http://shop.test/@js/cart.js:5:6"),
    ],
)
def test_one_call_alone_is_read_where_nothing_else_is_so(line: str, frame: str) -> None:
    (raised,) = parse(line).exceptions

    assert calls(raised) == [frame]


def test_a_bundle_alone_is_a_call_among_calls() -> None:
    (raised,) = parse(
        "pay@index.android.bundle:1:20\nindex.android.bundle:15:7\nself-hosted:12:3\n"
    ).exceptions

    assert [(call.filename, call.line, call.column) for call in raised.frames] == [
        ("self-hosted", 12, 3),
        ("index.android.bundle", 15, 7),
        ("index.android.bundle", 1, 20),
    ]
