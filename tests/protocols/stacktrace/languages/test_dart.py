import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.stacktrace import parse
from app.protocols.stacktrace.languages import dart
from tests.protocols.stacktrace.reading import SAMPLES, calls, said, sample, text_of

BUILD = "083986ecd5337898b3b58b5e06cb8b9e"


def test_what_the_vm_prints() -> None:
    parsed = sample("dart/vm")

    assert (parsed.platform, parsed.before, parsed.unread) == ("dart", "", 0)
    assert said(parsed) == [
        ("StateError", "Bad state: order 7 has no card\nask the customer\n\nthen try again")
    ]
    assert calls(parsed.exceptions[0]) == [
        "main file:///home/ada/shop/bin/main.dart:4:3",
        "[_rootRun dart:async/zone.dart:1124:13]",
        "new Shop.open package:shop/pay.dart:12",
        "[List.forEach dart:core-patch/growable_array.dart:416:8]",
        "Shop.pay.<anonymous closure> package:shop/pay.dart:15:20",
    ]


def test_a_chain_of_stacks_in_the_terse_form() -> None:
    parsed = sample("dart/chain")

    assert said(parsed) == [
        ("TimeoutException", "TimeoutException after 0:00:05.000000: Future not completed")
    ]
    assert calls(parsed.exceptions[0]) == [
        "main.<fn>.<async> bin/main.dart:4:3",
        "[Client.<anonymous closure>.send package:http/src/client.dart:33]",
        "[_asyncThenWrapperHelper dart:async]",
        "new Shop package:shop/pay.dart:12:5",
        "Shop.pay.<fn> package:shop/pay.dart:15:20",
    ]


def test_what_a_test_prints() -> None:
    parsed = sample("dart/test")

    assert parsed.before == "00:01 +0 -1: the cart pays [E]"
    assert said(parsed) == [("FormatException", "no number (at character 1)\n  x7\n  ^")]
    assert [frame.function for frame in parsed.exceptions[0].frames] == ["main.<fn>", "Shop.pay"]


def test_a_program_without_names_has_places_in_its_build() -> None:
    parsed = sample("dart/nameless")

    assert said(parsed) == [("Exception", "no card")]
    assert parsed.unread == 0
    unnamed, library, by_symbol, stub, own = parsed.exceptions[0].frames
    assert (own.module, own.function) == ("_kDartIsolateSnapshotInstructions", "0x266567")
    assert own.address == f"{BUILD}+0x266567"
    assert (stub.in_app, own.in_app) == (False, True)
    assert by_symbol.address == f"{BUILD}+0x146bdf"
    assert (library.filename, library.address) == (
        "/data/app/shop/lib/arm64/libapp.so",
        f"{BUILD}+0x20d520",
    )
    assert (unnamed.function, unnamed.address) == ("0x751c4c0521", None)


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        (
            "flutter",
            "_Exception",
            "no card\n\nThe relevant error-causing widget was:\n  Cart Cart:file:///home/ada/shop/lib/main.dart:31:19",
        ),
        ("logcat", "StateError", "Bad state: no card"),
        ("engine", "PlatformException", "PlatformException(declined, no card, null, null)"),
    ],
)
def test_what_flutter_writes_to_the_console(name: str, kind: str, value: str) -> None:
    parsed = sample(f"dart/{name}")

    assert (parsed.before, parsed.unread) == ("", 0)
    assert said(parsed) == [(kind, value)]
    assert any(call.startswith("[") for call in calls(parsed.exceptions[0])), "Flutter is not the app"
    assert not all(call.startswith("[") for call in calls(parsed.exceptions[0]))


def test_a_block_without_a_stack_is_an_exception() -> None:
    parsed = parse(
        "══╡ EXCEPTION CAUGHT BY RENDERING LIBRARY ╞═════\n"
        "The following assertion was thrown during layout:\n"
        "A RenderFlex overflowed by 42 pixels on the right.\n"
        "════════════════\n"
        "Another exception was thrown: A RenderFlex overflowed by 42 pixels on the right.\n"
    )

    assert said(parsed) == [("AssertionError", "A RenderFlex overflowed by 42 pixels on the right.")]
    assert parsed.unread == 1


def test_the_block_that_an_editor_shows() -> None:
    parsed = parse(
        "════════ Exception caught by widgets library ═══════════\n"
        "The following message was thrown building Cart(dirty):\n"
        "no card\n"
        "When the exception was thrown, this was the stack: \n"
        "#0      main (package:shop/main.dart:4:3)\n...\n══════════\n"
    )

    assert (said(parsed), parsed.unread) == ([(None, "no card")], 0)


def test_a_box_of_a_logger_is_read_and_its_own_words_stay_unread() -> None:
    parsed = parse(f"{text_of('dart/logger')}│ ⛔ could not pay\n")

    assert said(parsed) == [("StateError", "Bad state: no card")]
    assert (parsed.before, parsed.unread) == ("", 1)
    assert [frame.function for frame in parsed.exceptions[0].frames] == ["main", "Shop.pay"]


@pytest.mark.parametrize("gap", ["second line of nothing", "2026-11-30 01:02:03 INFO ticking", "[odd]"])
def test_unknown_lines_are_skipped(gap: str) -> None:
    lines = [
        "Unhandled exception:",
        "Bad state: x",
        "#0      a (package:shop/a.dart:1:2)",
        gap,
        "#1      b (package:shop/a.dart:3:4)",
    ]

    parsed = parse("\n".join(lines))

    assert [frame.function for frame in parsed.exceptions[0].frames] == ["b", "a"]
    assert parsed.unread == 1


@pytest.mark.parametrize(
    "second",
    [
        "Unhandled exception:\nBad state: two\n#0      b (package:shop/b.dart:1:2)",
        "FormatException: two\n#0      b (package:shop/b.dart:1:2)",
        "FormatException: two\npackage:shop/b.dart 1:2  b",
    ],
)
def test_two_traces_in_one_log_do_not_flow_together(second: str) -> None:
    parsed = parse(f"Bad state: one\n#0      a (package:shop/a.dart:1:2)\n{second}\n")

    assert said(parsed) == [("StateError", "Bad state: one")]
    assert [frame.function for frame in parsed.exceptions[0].frames] == ["a"]
    assert parsed.unread == second.count("\n") + 1


@pytest.mark.parametrize(
    "line",
    [
        "#1      Foo._bar (file:///home/ada/code/stuff.dart)",
        "#1      Foo._bar (async/future.dart:0:0)",
        "#1      Foo._bar (org-dartlang-app:///main.dart:1)",
        "#1      Foo._bar (C:\\code\\stuff.dart:1:2)",
        "#0      Foo._bar (<data:application/dart;charset=utf-8>:1:15)",
        "foo/bar.dart 10:11    Foo._bar===== asynchronous gap =====",
        "https://dart.dev/foo/bar.dart 10  Foo._bar",
    ],
)
def test_places(line: str) -> None:
    (frame,) = parse(line).exceptions[0].frames

    assert frame.function == "Foo._bar"


@pytest.mark.parametrize(
    "text",
    [
        "lib/main.dart:5:3: Error: Expected ';' after this.",
        "see package:shop/pay.dart 1:2 there",
        "  error • Undefined name 'x' • lib/main.dart:5:3 • undefined_identifier",
        "pid: 7, tid: 8 of main.dart:1",
        "#12 fixed (in main.dart soon)",
    ],
)
def test_what_is_no_trace(text: str) -> None:
    assert parse(text).exceptions == ()


def test_words_above_a_trace_that_are_certainly_no_heading_stay_before_it() -> None:
    parsed = parse("could not pay\n#0      main (package:shop/main.dart:4:3)\n")

    assert (parsed.before, said(parsed)) == ("could not pay", [(None, None)])


LINES = sorted(
    {line for file in (SAMPLES / "dart").glob("*.txt") for line in file.read_text("utf-8").split("\n")}
)


@given(st.lists(st.sampled_from(LINES) | st.tuples(*[st.sampled_from(LINES)] * 2).map("".join), max_size=15))
def test_lines_in_any_order_raise_nothing_and_stay_within_the_text(lines: list[str]) -> None:
    found = dart.find(lines)

    if found is not None:
        assert found.exceptions
        assert found.column <= len(lines[found.line])
        assert found.unread <= len(lines) - found.line
