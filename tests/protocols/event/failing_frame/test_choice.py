"""Which frame failed, in stacks as clients of all kinds send them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.digest.grouping import v2
from app.model import ExceptionInfo, Frame, Thread
from app.protocols.event.failing_frame import choice
from tests.digest.grouping.events import raised
from tests.ui.detail.samples import bare_event

LIBRARY = Frame(filename="flask/app.py", function="dispatch", in_app=False)
OURS = Frame(filename="shop/cart.py", function="pay")
OLDER = Frame(filename="shop/web.py", function="serve")


def stack(*functions: str | tuple[str, str | None]) -> tuple[Frame, ...]:
    """Frames that their client all calls in-app: functions, or each with its file."""
    pairs = [each if isinstance(each, tuple) else (each, None) for each in functions]
    return tuple(Frame(function=function or None, filename=file) for function, file in pairs)


# What was called, oldest first, in the place of TOTAL the app's own function that failed.
STACKS = {
    "rust": (
        ("rust", ("std::rt::lang_start", "shop::main", "TOTAL", "core::option::unwrap_failed")),
        ("rust", ("shop::main", "TOTAL", "core::panicking::panic_fmt", "rust_begin_unwind")),
        (
            "native",
            (
                *("std::panicking::try", "shop::main", "TOTAL", "core::result::Result<T,E>::unwrap"),
                *("core::result::unwrap_failed", "core::panicking::panic_fmt", "__rustc::rust_begin_unwind"),
                *("std::panicking::begin_panic_handler::{{closure}}", "std::panicking::rust_panic_with_hook"),
                *("shop::report_panic", "sentry_backtrace::current_stacktrace"),
            ),
        ),
    ),
    "go": (
        ("go", ("main.main", "TOTAL", "runtime.panicmem", "runtime.sigpanic")),
        ("go", ("main.main", "TOTAL", "runtime.goPanicIndex", "runtime.gopanic", "main.main.func1")),
        ("go", ("main.main", "TOTAL", "runtime.gopanic", "main.recovered", "runtime/debug.Stack")),
        ("go", ("main.main", "TOTAL", "panic")),
    ),
    "csharp": (
        ("csharp", ("Shop.Program.Main", "TOTAL", "System.ThrowHelper.ThrowInvalidOperationException")),
        ("csharp", ("Shop.Program.Main", "TOTAL", "Shop.ThrowHelper.NoCard")),
        ("csharp", ("Shop.Program.Main", "TOTAL", "System.ArgumentNullException.ThrowIfNull")),
    ),
    "apple": (
        ("cocoa", ("main", "TOTAL", "objc_exception_throw", "__exceptionPreprocess")),
        (
            "cocoa",
            ("main", "TOTAL", ("-[__NSArrayM objectAtIndex:]", "CoreFoundation"), "objc_exception_throw"),
        ),
        ("cocoa", ("main", "TOTAL", "_assertionFailure(_:_:file:line:flags:)")),
        ("cocoa", ("main", "TOTAL", "Swift runtime failure: arithmetic overflow")),
        ("cocoa", ("main", "TOTAL", "__assert_rtn", "abort", "pthread_kill", "__pthread_kill")),
        ("cocoa", ("main", "TOTAL", "swift_unexpectedError", "abort", "handle_abort")),
    ),
    "c": (
        ("native", ("main", "TOTAL", "__assert_fail", "abort", "raise")),
        ("native", ("main", "TOTAL", "std::__throw_out_of_range_fmt(char const*, ...)", "__cxa_throw")),
        (
            "native",
            ("main", "TOTAL", "std::vector<int>::at(unsigned long)", "__cxa_throw", "std::terminate()"),
        ),
        ("native", ("main", "TOTAL", ("memcpy", "libc.so.6"), "__restore_rt", "shop_signal_handler")),
        ("native", ("main", "TOTAL", ("", "/lib/libc.so.6"), ("", "/lib/libc.so.6"), "shop_signal_handler")),
        ("native", (("", "/lib/libc.so.6"), ("__libc_start_main", "/lib/libc.so.6"), "main", "TOTAL")),
        ("native", ("main", ("qsort", "/lib/libc.so.6"), ("0x7f01", "/lib/libc.so.6"), "TOTAL")),
        ("native", ("main", "TOTAL", "__interceptor_memcpy", "__asan::ReportGenericError(unsigned long)")),
        (None, ("main", "TOTAL", "abort")),
        ("native", ("main", "TOTAL", "google::LogMessage::Fail()", "abort")),
    ),
    "android": (
        (
            "native",
            (
                *("main", "TOTAL", ("", "/system/lib/libc.so")),
                *(("art::FaultManager::HandleFault(int, siginfo*, void*)", "/system/lib/libart.so"),),
                *("bsg_handle_signal", "bsg_unwind_stack"),
            ),
        ),
    ),
    "windows": (("native", ("main", "TOTAL", "_CxxThrowException", "KERNELBASE!RaiseException")),),
    "wasm": (
        (
            "javascript",
            (
                *("shop.wasm.shop::main::h0123456789abcdef", "TOTAL"),
                *("shop.wasm.core::panicking::panic_fmt::h0123456789abcdef", "shop.wasm.rust_begin_unwind"),
                *("shop.wasm.console_error_panic_hook::hook::h0123456789abcdef",),
                *("imports.wbg.__wbg_new_8a6f238a6ece86ea",),
            ),
        ),
    ),
    "php": (("php", ("{main}", "TOTAL", "App\\Handler->handleError")),),
    "r": (("r", ("main", "TOTAL", "stop")),),
    "lua": (("lua", ("main", "TOTAL", ("error", "[C]"))),),
    "julia": (("julia", ("main", "TOTAL", "throw_boundserror")),),
}
CASES = [case for cases in STACKS.values() for case in cases]


@pytest.mark.parametrize(("platform", "functions"), CASES, ids=lambda value: str(value)[-60:])
def test_the_apps_own_call_below_the_machinery_failed(
    platform: str | None, functions: tuple[str | tuple[str, str], ...]
) -> None:
    frames = stack(*functions)
    assert choice.failing(frames, platform) == functions.index("TOTAL")


@pytest.mark.parametrize(("platform", "functions"), CASES, ids=lambda value: str(value)[-60:])
def test_two_that_failed_are_two_issues_and_what_reported_them_makes_no_other(
    platform: str | None, functions: tuple[str | tuple[str, str], ...]
) -> None:
    at = functions.index("TOTAL")
    keys = [
        v2.key(raised(*stack(*functions[:at], *rest), platform=platform))
        for rest in (("shop_total", *functions[at + 1 :]), ("shop_ship", *functions[at + 1 :]))
    ]
    assert keys[0] != keys[1]


def test_the_newest_of_the_apps_own_frames() -> None:
    assert choice.failing((OLDER, LIBRARY, OURS, LIBRARY), "python") == 2
    assert choice.failing((LIBRARY, LIBRARY), "python") == 1
    assert choice.failing((), "python") is None
    assert choice.frame_of((), None) is None


def test_without_own_frames_it_is_a_librarys_rather_than_the_runtimes() -> None:
    runtime = Frame(filename="node:internal/timers", function="listOnTimeout", in_app=False)
    assert choice.failing((runtime, LIBRARY, runtime), "node") == 1
    assert choice.failing((runtime, runtime), "node") == 1


def test_a_client_that_marks_all_frames_is_not_believed_where_names_tell() -> None:
    spring = Frame(module="org.springframework.web.Filter", function="doFilter")
    assert choice.failing((Frame(module="com.shop.Cart", function="pay"), spring), "java") == 0
    assert choice.failing((spring,), "java") == 0
    # Python's knows its packages.
    assert choice.failing((OURS, Frame(filename="site-packages/x.py", function="f")), "python") == 1


def test_machinery_alone_is_the_newest_of_it() -> None:
    assert choice.failing(stack("abort", "raise"), "native") == 1


def test_the_last_of_two_panics_counts() -> None:
    again = stack("main.main", "main.total", "runtime.gopanic", "main.cleanUp", "runtime.gopanic", "main.log")
    assert choice.failing(again, "go") == 3


def test_the_stack_of_the_exception_raised_last_else_of_the_thread_that_crashed() -> None:
    cause, last, bare = ExceptionInfo(frames=(OLDER,)), ExceptionInfo(frames=(OURS,)), ExceptionInfo()
    idle, crashed = Thread(frames=(OLDER,), current=True), Thread(frames=(LIBRARY,), crashed=True)
    assert choice.stack((cause, last, bare), (idle, crashed)) == (OURS,)
    assert choice.stack((bare,), (idle, crashed)) == (LIBRARY,)
    assert choice.stack((), (Thread(), idle)) == (OLDER,)
    assert choice.stack((), ()) == ()
    event = replace(bare_event(), exceptions=(cause, last, bare))
    assert choice.of_event(event) is OURS
    assert choice.of((), (), None) is None


@given(
    st.lists(
        st.builds(Frame, function=st.none() | st.text(), filename=st.none() | st.text(), in_app=st.booleans())
    ),
    st.sampled_from([None, "rust", "native", "python", "javascript", "go"]),
)
def test_any_stack_has_a_frame_that_failed(frames: list[Frame], platform: str | None) -> None:
    found = choice.failing(frames, platform)
    assert (found is None) == (not frames)
    assert found is None or 0 <= found < len(frames)
