import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample

NEGATIVE = ("panic", 'total is negative: -1\nask "main"')
CHARGE = "<shop::till::Till<T> as shop::till::Gateway>::charge"


def test_a_panic_has_a_frame_even_without_a_backtrace() -> None:
    parsed = sample("rust/panic")

    assert (parsed.platform, parsed.before) == ("rust", "")
    assert said(parsed) == [NEGATIVE]
    assert calls(parsed.exceptions[0]) == ["None src/main.rs:7:28"]


@pytest.mark.parametrize(("name", "folder"), [("thread", ""), ("full", "/srv/shop/rust/")])
def test_a_backtrace_ends_where_it_panicked(name: str, folder: str) -> None:
    parsed = sample(f"rust/{name}")

    assert said(parsed) == [NEGATIVE]
    own = [call for call in calls(parsed.exceptions[0]) if not call.startswith("[")]
    assert own[-3:] == [
        f"shop::pay {folder}src/main.rs:13:112",
        f"shop::pay::{{{{closure}}}} {folder}src/main.rs:13:87",
        f"{CHARGE} {folder}src/main.rs:7:28",
    ]
    assert calls(parsed.exceptions[0])[-1] == own[-1]
    assert all("::h" not in call for call in calls(parsed.exceptions[0]))


def test_what_the_standard_library_checked_is_not_the_apps() -> None:
    assert [call for call in calls(only("rust/index")) if not call.startswith("[")] == [
        "shop::main src/main.rs:22:55"
    ]
    assert calls(only("rust/expect"))[-1].startswith("[core::result::unwrap_failed ")


def test_before_rust_173_the_message_stood_in_quotes() -> None:
    parsed = sample("rust/old_style")

    assert said(parsed) == [("panic", "total is negative: -1")]
    assert calls(parsed.exceptions[0]) == ["shop::main src/main.rs:20:22", f"{CHARGE} src/main.rs:7:28"]

    over_lines = parse("thread '<unnamed>' panicked at 'it's\nnegative', src/main.rs:7:28\nnote: run with\n")
    assert said(over_lines) == [("panic", "it's\nnegative")]
    assert calls(over_lines.exceptions[0]) == ["None src/main.rs:7:28"]


@pytest.mark.parametrize("name", ["anyhow", "anyhow_backtrace"])
def test_a_report_lists_its_causes(name: str) -> None:
    parsed = sample(f"rust/{name}")

    assert said(parsed) == [
        ("Error", "invalid digit found in string"),
        ("Error", "total of order 7"),
        ("Error", "could not check out\nfor ann"),
    ]


def test_a_report_may_have_a_backtrace_or_a_place() -> None:
    raised = sample("rust/anyhow_backtrace").exceptions[-1]
    assert [call for call in calls(raised) if not call.startswith("[")] == [
        "shop::main src/main.rs:25:21",
        "shop::checkout src/main.rs:15:39",
        "shop::read src/main.rs:14:55",
    ]
    inlined = [frame.function for frame in sample("rust/anyhow_two").exceptions[-1].frames]
    assert "std::rt::lang_start_internal" in inlined
    assert calls(sample("rust/eyre").exceptions[-1]) == ["None src/main.rs:16:80"]
    alone = parse(
        "Error: only this\n\nStack backtrace:\n   0: shop::pay\n             at ./src/main.rs:7:28\n"
    )
    assert said(alone) == [("Error", "only this")]
    assert calls(alone.exceptions[0]) == ["shop::pay src/main.rs:7:28"]


def test_reports_in_a_log() -> None:
    parsed = parse("2026-01-01 ERROR shop: Error: outer\n\nCaused by:\n    inner\n    of two lines\n")
    assert parsed.before == "2026-01-01 ERROR shop:"
    assert said(parsed) == [("Error", "inner\nof two lines"), ("Error", "outer")]

    plain = parse("first\nouter\n\nCaused by:\n    inner\n")
    assert plain.before == "first"
    assert said(plain) == [("Error", "inner"), ("Error", "outer")]


def test_a_bare_backtrace() -> None:
    frames = parse("   0: shop::pay\n             at ./src/main.rs:7:28\n   1: main\n   2: _start\n").frames

    assert [(frame.function, frame.in_app) for frame in frames] == [
        ("_start", False),
        ("main", False),
        ("shop::pay", True),
    ]


@pytest.mark.parametrize(
    "text", ["Error: only this", "Caused by:\n    a\n", "Error: x\n\nCaused by:\nnothing\n"]
)
def test_prose_is_not_a_panic_report(text: str) -> None:
    assert parse(text, "rust").exceptions == ()


def test_a_line_between_a_name_and_its_place() -> None:
    parsed = parse(
        "thread 'main' panicked at src/main.rs:7:28:\nno\nstack backtrace:\n   0: shop::pay\n~ odd ~\n"
        "             at ./src/main.rs:7:28\n   1: main\n~ odd too ~\n   2: _start\n"
        "note: Some details are omitted\n"
    )

    assert calls(parsed.exceptions[0])[-1] == "shop::pay src/main.rs:7:28"
    assert [frame.function for frame in parsed.frames] == ["_start", "main", "shop::pay"]
    assert parsed.unread == 2


def test_the_panic_of_another_thread_is_another_error() -> None:
    panic = (
        "thread '{}' panicked at src/main.rs:7:28:\nno\nstack backtrace:\n"
        "   0: shop::pay\n             at ./src/a.rs:7:28\n"
    )
    parsed = parse(panic.format("one") + panic.format("two"))

    assert ([frame.function for frame in parsed.frames], parsed.unread) == (["shop::pay"], 4)


def test_what_color_eyre_draws() -> None:
    parsed = parse(
        "Error: could not check out\n\nCaused by:\n   0: no order\n\nLocation:\n   src/main.rs:16\n\n"
        "  ━━━━━━━━━━━━━━━━ BACKTRACE ━━━━━━━━━━━━━━━━━\n                 ⋮ 6 frames hidden ⋮\n"
        "   7: shop::pay::h0123456789abcdef\n      at /srv/shop/src/main.rs:16\n"
    )

    assert said(parsed) == [("Error", "no order"), ("Error", "could not check out")]
    assert (calls(parsed.exceptions[-1]), parsed.unread) == (["shop::pay /srv/shop/src/main.rs:16"], 0)
