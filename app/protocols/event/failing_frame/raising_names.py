"""The names of the machinery, by runtime, as parts of verbose regular expressions.

Named after what each runtime's own source calls them. Where a name ends, arguments may follow.
"""

ANYWHERE = r"""
  # Rust
    (?:__rustc::)?(?:rust_begin_unwind|rust_panic\w*|__rust_start_panic|rust_oom)
  | __rust_(?:foreign_exception|drop_panic|abort|alloc_error_handler)
  | (?:core|std)::panicking::(?:panic|begin_panic|assert_|rust_panic|const_panic|unreachable|default_hook)
    [\w:{}\#]*
  | core::(?:option|result|str|slice|num|char|cell|array|time|iter|ops|ptr|fmt|alloc|panicking)::(?:\w+::)?
    \w*_fail(?:ed)?(?:_rt|_ct)?(?:::[\w{}\#]+)*
  | core::(?:option::Option|result::Result)<[^\n]{1,200}>::(?:unwrap|expect)(?:_err|_none)?
  | core::cell::panic_\w+ | alloc::(?:alloc::handle_alloc_error|raw_vec::(?:capacity_overflow|handle_error))
  | std::process::abort | std::sys::(?:\w+::)*abort_internal
  | std::sys(?:_common)?::backtrace::__rust_end_short_backtrace
  | std::alloc::(?:rust_oom|default_alloc_error_hook) | _ZN(?:4core|3std)9panicking\w+
  | console_error_panic_hook::.* | (?:[\w$]+\.)*__wbindgen_(?:throw|rethrow)\w*
  | (?:sentry_panic|color_eyre|human_panic|better_panic)::.*
  # C++
  | __cxa_(?:throw|rethrow|bad_cast|bad_typeid|\w+_virtual|call_unexpected|call_terminate|throw_\w+)
  | __cxxabiv1::\w+ | __gnu_cxx::__verbose_terminate_handler | __clang_call_terminate
  | std::(?:__\w+::)?(?:_*terminate|_*unexpected|rethrow_exception|__throw_\w+|__libcpp_\w*abort\w*
      |_X[a-z]\w+|_Throw_\w+|__glibcxx_assert\w*)
  | _Unwind_(?:RaiseException|Resume\w*|ForcedUnwind)
  | boost::(?:throw_exception|exception_detail::throw_exception_|assertion_failed)\w*
  | (?:\w+::)+LogMessage\w*::(?:~LogMessage\w*|Fail|SendToLog|Flush|Die)
  | folly::(?:throw_exception|terminate_with|detail::throw_exception_)\w*
  | QMessageLogger::fatal | qt_(?:assert|message_)\w* | qFatal | qBadAlloc | qTerminate
  # How a signal comes to its handler
  | <signal\ handler\ called> | __restore_rt | __kernel_(?:rt_)?sigreturn\w* | _+sigtramp\w*
  | art::(?:FaultManager|SignalChain|\w+FaultHandler|\w+OverflowHandler)::\w+ | art::art_\w+_handler
  | art::HandleUnexpectedSignal\w* | art::InvokeUserSignalHandler
  | art::(?:Runtime::Abort|AbortState::|JavaVMExt::JniAbort|JNI\w*::FatalError)\w* | _JNIEnv::FatalError
  | art::(?:CheckJNI|ScopedCheck)::(?:Abort|FatalError)\w*
  # Crash handlers
  | bsg_\w*handle_?\w+ | (?:bugsnag|sentry_*|[sS]entry[cC]rash\w*|kscrash\w*|plcrash\w*)_*handle_?[sSeE]\w+
  | FIRCLS\w*Handler | google_breakpad::ExceptionHandler::\w+ | crashpad::(?:\w+::)*\w*Signal\w*
  | backward::SignalHandling::\w+
  | (?:google|absl)::(?:\w+::|\(anonymous\ namespace\)::)*(?:Absl)?FailureSignalHandler
  # Objective-C and Swift
  | _*objc_(?:exception_(?:throw|rethrow)|terminate|fatal)\w*
  | __exceptionPreprocess | _+NSThrow\w+ | _*CFThrow\w+ | [+-]\[NS(?:Exception|AssertionHandler)[\ (].*
  | [+-]\[NSObject\(NSObject\)\ doesNotRecognizeSelector:\]
  | (?:Swift\.)?_(?:assertionFailure|fatalErrorMessage|preconditionFailure)
  | Swift\.(?:assertionFailure|fatalError|preconditionFailure|_\w*(?:Failure|Error))
  | Swift\ runtime\ failure:.* | \$ss\d+_?(?:assertionFailure|fatalError|preconditionFailure)\w*
  | _?swift_(?:unexpectedError|fatal\w*|abort\w*|dynamicCastFailure\w*|errorInMain|runtime_on_report
      |deletedMethodError|stdlib_report\w+|report\w*Error\w*|task_reportUnexpected\w*)
  | swift::(?:fatal|abort|swift_abort|crash|swift_dynamicCastFailure)\w*
  # Kotlin/Native
  | kfun:kotlin\#(?:error|TODO|check|require)\w*
  # Mono, il2cpp and .NET's own runtime
  | il2cpp_(?:raise|codegen_raise)\w* | il2cpp::vm::Exception::\w+
  | mono_(?:raise|handle_native|handle_exception|sig\w+_signal_handler|crash|assertion_message|dump_native)\w*
  | mono_(?:unhandled_exception|invoke_unhandled_exception_hook|g_\w*abort)\w*
  | Rhp?(?:Re)?Throw\w* | (?:IL|JIT)_(?:Re)?Throw\w* | COMPlusThrow\w* | RaiseTheException\w*
  # Windows
  | _CxxThrowException | (?:Zw|Nt|Rtlp?|Ki|_)?Raise(?:Exception|Status|HardError)(?:Stub)?
  | Rtl(?:DispatchException|FailFast\w*|ReportCriticalFailure|p?ReportHeap\w+|p?Log\w*HeapFail\w*)
  | KiUserExceptionDispatch\w* | (?:\w*_)?UnhandledExceptionFilter | _XcptFilter
  # What the programs of Java, V8, Node, CPython, Ruby, R, Lua and Perl call themselves
  | JVM_handle_\w+_signal | VMError::\w+ | os::(?:abort|die)
  | V8_Fatal | v8::(?:base::)?OS::Abort | v8::(?:internal::)?(?:V8|Utils)::(?:Fatal|ReportOOM|ReportApi)\w*
  | v8::base::Fatal\w* | node::(?:Abort|Assert|OnFatalError|OOMErrorHandler|FatalError)
  | _?Py_FatalError\w* | faulthandler_fatal_\w+
  | rb_(?:bug\w*|raise|exc_raise|fatal|longjmp|vm_bugreport) | ruby_longjmp
  | Rf_error\w* | R_signalErrorCondition\w* | lua(?:D_throw|G_\w*error\w*|L_\w*error|_error)
  | Perl_(?:croak|die)\w*
"""
"""Calls that fail or report, in any language: nothing that they call is the app's."""

COMPILED = r"""
  # C's library: what ends a program, what checks, and what signals are sent with
    _*(?:GI_+)?(?:libc_)?(?:abort|raise|pthread_kill\w*|kill|tg?kill|gsignal)
  | _+assert(?:_fail\w*|_rtn|_func|_perror_fail|_c99|2)? | _wassert | _+fortify_fail\w* | _+chk_fail
  | _+stack_chk_fail\w* | _+libc_message\w* | _+libc_fatal | malloc_printerr | _+async_safe_fatal\w*
  | _+fortify_fatal | _+android_log_assert | _+report_(?:gsfailure|securityfailure\w*|rangecheckfailure)
  | _+fastfail | _+purecall | _*invalid_parameter(?:_\w+)? | _+invoke_watson | _+call_reportfault
  | malloc_(?:error_break|v?report|zone_error\w*) | szone_error | _os_crash\w* | _*abort_with_\w+
  | terminate_with_(?:reason|payload) | abort_message
  | (?:demangling_|default_)(?:terminate|unexpected)_handler | _+restore
  | g_assertion_message\w* | g_logv? | _g_log_abort | g_return_if_fail_warning | monoeg_\w+
  | ks(?:cm|mc|bt|sc|sysctl|mach|objc|dl|stacktrace|signal)\w*_\w+ | signalHandler | CLS\w+Handler
  | report_(?:fatal|vm_error|java_out_of_memory)
  # Swift and Kotlin/Native
  | assertionFailure | preconditionFailure | fatalError | ThrowException
  | Throw(?:NullPointer|IndexOutOf|ArrayIndex|ClassCast|Illegal)\w+
  # Go, and others that call it so
  | runtime[./](?:gopanic|panic\w*|goPanic\w*|sigpanic\w*|throw|fatal\w*|dopanic\w*|crash|raise\w*
      |badsignal\w*|sighandler|sigtramp\w*|sigfwd\w*|startpanic\w*|printpanics|dieFromSignal|abort)
      (?:[.·]\w+)*
  | gopanic | sigpanic\w* | panic
  | panic(?:mem|memAddr|Index\w*|Slice\w*|divide|shift|nil|wrap|dottype\w*|unsafe\w*|overflow|float|check\d)
  | goPanic(?:Index|Slice)\w*
  # Nim, Zig, Crystal
  | raiseAssert | failedAssertImpl\w* | sysFatal\w*
  | raise(?:ExceptionEx|IndexError|OverflowError|RangeError)\w*
  | (?:builtin|debug)\.(?:default_?[pP]anic|panic)\w* | default_panic | \*raise<[^\n]*
"""
"""Calls that fail or report, in languages that are compiled to calls of C."""

AROUND_THE_APP = r"""
    _+(?:asan|ubsan|tsan|msan|hwasan|lsan|dfsan|sanitizer|scudo|sancov|interceptor|memprof|rtsan)_\w+
  | _+(?:asan|ubsan|tsan|msan|hwasan|lsan|dfsan|sanitizer|scudo|interception|memprof)::.* | scudo::.*
  # What takes the stack, and crash reporters
  | runtime/debug\.(?:Stack|PrintStack)
  | std::backtrace(?:_rs)?::.* | backtrace(?:_rs)?::(?:backtrace|capture)::.*
  | _Unwind_Backtrace | (?:boost::stacktrace|cpptrace|folly::symbolizer|google_breakpad|crashpad)::.*
  | backward::(?:StackTrace|SignalHandling)\w*.* | bsg_\w+ | bugsnag_\w*(?:signal|crash|unwind|handle)\w*
  | BSG_?KS\w+ | sentry__\w+ | sentry_(?:unwind_stack|handle|value_new_stacktrace)\w* | sentry_backtrace::.*
  | [sS]entry[cC]rash\w+ | kscrash\w* | plcrash\w* | FIRCLS\w+
  | [+-]\[(?:BSG|Bugsnag|Sentry|PLCrash|KSCrash|FIRCLS|Crashlytics|MSAC|RNCrash)\w*[\ (].*
  | _+forwarding_+\w* | _+CF_forwarding_prep_\d+
  | (?:std::panicking|std::panic)::(?:try|catch_unwind)(?:::[\w{}\#]+)*
  | __rust_(?:try|begin_short_backtrace|maybe_catch_panic)\w*
  | std::sys(?:_common)?::backtrace::__rust_begin_short_backtrace
  | (?:[\w$]+\.)*__wbg_\w+
"""
"""Calls of sanitizers, reporters and runtimes: others that they call may be the app's."""

HELPERS = r"""
    Throw(?:Helper|Util)s?(?=[.:+`<(]|$)
  | \w+Exception\.Throw(?:If\w+)?(?=[<(]|$) | ExceptionDispatchInfo\.Throw(?=\(|$)
  | Environment\.FailFast | Diagnostics\.(?:Debug|Trace)(?:Provider)?\.(?:Fail|Assert)
  | TaskAwaiter(?:`1)?\.(?:ThrowForNonSuccess|HandleNonSuccess|ValidateEnd)
  | UnityEngine\.(?:Debug|Assertions\.\w+|Logger|DebugLogHandler)[.:]
"""
""".NET's helpers, of the framework's and of others' classes: a method that throws is not compiled into its
caller, so throwing stands in one of its own."""

OF_LANGUAGES = {
    # So it is called in printed traces, whose reader knows which call raised which of several panics.
    "go": r"panic",
    "python": r"(?:(?:six|future\.utils)\.)?(?:reraise|raise_with_traceback)",
    # The name that PHP's manual gives to the handler that turns an error into an exception.
    "php": r"""
        (?:[\w\\]+(?:::|->)|[\w\\]*\\)?
        (?:handle(?:_?php)?_?(?:[eE]rror|[sS]hutdown|[fF]atal_?[eE]rror)|(?:exception_|my_?|custom_?)?error_?[hH]andler
          |trigger_error|user_error)
    """,
    "ruby": r"Kernel[\#.](?:raise|fail)",
    "perl": r"Carp::\w+ | Carp\.\w+ | croak | confess | cluck | CORE::GLOBAL::die",
    "lua": r"(?:_G\.)?(?:error|assert)",
    "r": r"""
        (?:\w+::)?(?:stop|stopifnot|abort|cli_abort|signal_abort|signalCondition|\.handleSimpleError)
      | h\(simpleError | withCallingHandlers | tryCatch\w* | doTryCatch | try
    """,
    "julia": r"(?:Base\.)?(?:error|throw|rethrow|_*throw_\w+|systemerror)",
    "elixir erlang": r":?erlang[:.](?:error|raise|throw|exit|nif_error|halt)(?:/\d+)?",
    "haskell": r"""
        (?:GHC\.[\w.]+\.)?(?:error|errorWithoutStackTrace|undefined|throw|throwIO|ioError|callStack
          |prettyCallStack\w*|errorCallWithCallStackException)
    """,
    "ocaml": r"(?:Stdlib(?:\.|__))?(?:failwith|invalid_arg|raise|raise_notrace)",
    "tcl": r"error|throw",
    "dart flutter": r"""
        (?:new\ )?_(?:AssertionError|TypeError|CastError)\._\w+ | _(?:do)?[tT]hrow\w*
      | Error\.(?:_throw|throwWithStackTrace)
    """,
    # What Babel calls to throw.
    "javascript node": r"""
        _(?:classCallCheck|tdzError|readOnlyError|writeOnlyError|nonIterable(?:Rest|Spread)
          |possibleConstructorReturn|assertThisInitialized|assertClassBrand|checkPrivateRedeclaration)\d*
    """,
}
"""By languages, as Sentry names them: calls that have to do with raising alone."""
