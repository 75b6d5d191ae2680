"""The machinery of each runtime, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.event.failing_frame import machinery
from app.protocols.event.failing_frame.machinery import Machinery

RAISES = {
    "rust": """
        rust_begin_unwind
        __rustc::rust_begin_unwind
        __rustc[4794b31dd7191200]::rust_begin_unwind
        rust_panic
        core::panicking::panic_fmt
        core::panicking::panic_fmt::h0123456789abcdef
        core::panicking::panic_bounds_check
        core::panicking::assert_failed_inner
        std::panicking::begin_panic_handler::{{closure}}
        std::panicking::rust_panic_with_hook
        core::option::unwrap_failed
        core::option::expect_failed
        core::result::unwrap_failed
        core::slice::index::slice_end_index_len_fail
        core::str::slice_error_fail
        core::option::Option<T>::unwrap
        core::result::Result<T,E>::expect
        std::sys::backtrace::__rust_end_short_backtrace
        alloc::alloc::handle_alloc_error
        std::process::abort
    """,
    "go": """
        runtime.gopanic
        gopanic
        runtime.panicmem
        runtime.goPanicIndex
        runtime.sigpanic
        runtime.throw
        runtime.fatalthrow
        runtime.dopanic_m
        runtime.throw.func1
    """,
    "native": """
        abort
        raise
        raise(int)
        __GI_abort
        __pthread_kill_implementation
        pthread_kill + 288
        __assert_fail
        __assert_fail_base.cold
        __assert_rtn
        _wassert
        __stack_chk_fail
        __fortify_fail
        malloc_printerr
        __cxa_throw
        __cxa_pure_virtual
        std::terminate()
        std::__1::__throw_out_of_range[abi:v160006](char const*)
        std::__throw_bad_alloc()
        __gnu_cxx::__verbose_terminate_handler()
        __cxxabiv1::__terminate(void (*)())
        demangling_terminate_handler()
        _Unwind_RaiseException
        google::LogMessage::SendToLog()
        logging::LogMessage::~LogMessage()
        absl::lts_20240116::log_internal::LogMessageFatal::~LogMessageFatal()
        QMessageLogger::fatal(char const*, ...) const
        g_assertion_message_expr
        __restore_rt
        <signal handler called>
        _sigtramp
        bsg_handle_signal
        google_breakpad::ExceptionHandler::SignalHandler(int, siginfo_t*, void*)
        art::FaultManager::HandleFault(int, siginfo*, void*)
        art::Runtime::Abort(char const*)
        RaiseException
        KERNELBASE!RaiseException
        KiUserExceptionDispatch
        _CxxThrowException
        V8_Fatal(char const*, ...)
        node::Abort()
        JVM_handle_linux_signal
        rb_bug_for_fatal_signal
        Py_FatalError
        Swift runtime failure: Unexpectedly found nil while unwrapping an Optional value
    """,
    "cocoa": """
        objc_exception_throw
        objc_exception_rethrow
        _objc_terminate()
        __exceptionPreprocess
        +[NSException raise:format:]
        -[NSAssertionHandler handleFailureInMethod:object:file:lineNumber:description:]
        _assertionFailure
        _assertionFailure(_:_:file:line:flags:)
        Swift._assertionFailure(_: Swift.StaticString, _: Swift.String) -> Swift.Never
        specialized _assertionFailure(_:_:file:line:flags:)
        closure #1 in closure #1 in closure #1 in _assertionFailure(_:_:file:line:flags:)
        $ss17_assertionFailure__4file4line5flagss5NeverOs12StaticStringV_SSAHSus6UInt32VtF
        _fatalErrorMessage(_:_:file:line:flags:)
        fatalError(_:file:line:)
        swift_unexpectedError
        FIRCLSHandler
        bsg_kscrashsentry_handleException
    """,
    "javascript": """
        shop.wasm.rust_begin_unwind
        shop.wasm.core::panicking::panic_fmt::h0123456789abcdef
        shop-1f2e.wasm.abort
        console_error_panic_hook::hook
        imports.wbg.__wbindgen_throw
    """,
}
SKIPPED = {
    "go": "panic",
    "csharp": """
        System.ThrowHelper.ThrowInvalidOperationException
        ThrowHelper.ThrowKeyNotFound
        Shop.Common.ThrowHelper.NoCard(System.String)
        System.ArgumentNullException.ThrowIfNull
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw
        UnityEngine.Debug:LogException
    """,
    "native": """
        __asan_memcpy
        __interceptor_strlen
        __asan::ReportGenericError(unsigned long, unsigned long)
        __ubsan_handle_divrem_overflow_abort
        __tsan_write8
        bsg_unwind_stack
        sentry__unwind_stack_libunwind
        crashpad::CrashpadClient::DumpWithoutCrash(ucontext_t*)
        sentrycrashcm_cppexception_getAPI
        -[SentryCrash reportUserException:reason:language:]
        boost::stacktrace::basic_stacktrace<>::init(unsigned long, unsigned long)
        std::panicking::try::do_call
    """,
    "php": """
        handleError
        App\\Handler->handleError
        exception_error_handler
        App\\my_error_handler
        trigger_error
    """,
    "perl": "Carp::croak",
    "r": "stop",
    "julia": """
        throw_boundserror(A::Vector{Int64}, I::Tuple{Int64})
        error
    """,
    "elixir": ":erlang.error/1",
    "erlang": "erlang:error/1",
    "haskell": "error",
    "ocaml": "Stdlib.failwith",
    "dart": "_AssertionError._throwNew",
    "javascript": """
        shop.wasm.__wbg_new_8a6f238a6ece86ea
        _classCallCheck
    """,
    "python": "six.reraise",
}
CODE = {
    "python": """
        abort
        panic
        _assert_total
        _raise
        handle_error
        raise_for_status
    """,
    "javascript": """
        abort
        runtime.throw
        _abort
        panic
        Error
        error
        assert
    """,
    "native": """
        abort_order
        shop::abort
        raise_order(Order&)
        panicked
        assert_total
        shop::core::check_failed
        std::vector<int>::at
        main
    """,
    "rust": """
        shop::total
        shop::panicking::panic_fmt
        core_shop::option::unwrap_failed
        shop::unwrap_failed
    """,
    "go": """
        main.panicHandler
        panicIfError
        main.(*Cart).throw
        shop/runtime.total
    """,
    "csharp": """
        Shop.Cart.Throw
        Shop.ThrowHelpers2.Total
        Shop.CartException.Total
    """,
    "php": """
        handle
        App\\Handler->handleErrors
        error
    """,
    "ruby": """
        fail
        raise_it
    """,
    "java": """
        abort
        raise
        panic
    """,
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(platform, line.strip()) for platform, text in table.items() for line in text.strip().split("\n")]


@pytest.mark.parametrize(("platform", "function"), rows(RAISES))
def test_what_raises(platform: str, function: str) -> None:
    assert machinery.of(None, None, function, platform) is Machinery.RAISES


@pytest.mark.parametrize(("platform", "function"), rows(SKIPPED))
def test_what_is_skipped(platform: str, function: str) -> None:
    assert machinery.of(None, None, function, platform) is Machinery.SKIPPED


@pytest.mark.parametrize(("platform", "function"), rows(CODE))
def test_what_an_app_may_call_its_own(platform: str, function: str) -> None:
    assert machinery.of(None, None, function, platform) is Machinery.NONE


@pytest.mark.parametrize(
    ("module", "function", "platform"),
    [
        ("runtime", "gopanic", "go"),
        ("System.ThrowHelper", "ThrowInvalidOperationException", "csharp"),
        ("System.ArgumentNullException", "ThrowIfNull", "csharp"),
        ("Carp", "confess", "perl"),
        ("Base", "throw_boundserror", "julia"),
        ("erlang", "error", None),
    ],
)
def test_names_in_two_parts(module: str, function: str, platform: str | None) -> None:
    expected = Machinery.NONE if platform is None else machinery.of(None, module, function, platform)
    assert machinery.of(None, module, function, platform) is expected
    assert platform is None or expected is not Machinery.NONE


def test_a_word_of_c_by_the_file_where_the_language_is_not_known() -> None:
    assert machinery.of("abort.c", None, "abort", None) is Machinery.RAISES
    assert machinery.of(None, None, "abort", None) is Machinery.RAISES
    assert machinery.of("https://shop.test/app.js", None, "abort", None) is Machinery.NONE
    assert machinery.of("shop/cart.py", None, "abort", None) is Machinery.NONE


def test_a_function_of_lua_counts_by_its_place() -> None:
    assert machinery.of("[C]", None, "error", "lua") is Machinery.SKIPPED
    assert machinery.of("shop.lua", None, "error", "lua") is Machinery.NONE


@given(st.text(), st.text(), st.text(), st.sampled_from(["native", "rust", "go", "csharp", "php", None]))
def test_any_names_are_taken(path: str, module: str, function: str, platform: str | None) -> None:
    assert machinery.of(path, module, function, platform) in Machinery


@pytest.mark.parametrize(
    "part", ["std::", "(anonymous namespace)::", "a.", "A\\", "closure #1 in ", "<", "_", " "]
)
def test_a_long_name_takes_no_long_time(part: str) -> None:
    for platform in ("native", "csharp", "php", "r", "haskell"):
        assert machinery.of(None, part * 5_000, part * 20_000, platform) in Machinery
