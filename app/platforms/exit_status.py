"""What the exit code of a Windows program says: a program that crashed ends with an NTSTATUS.

Source: "NTSTATUS Values" in [MS-ERREF]. Elsewhere a crash is a signal.
"""

# Names as debuggers print them.
_CRASHES = {
    0x80000003: "EXCEPTION_BREAKPOINT",
    0xC0000005: "EXCEPTION_ACCESS_VIOLATION",
    0xC0000006: "EXCEPTION_IN_PAGE_ERROR",
    0xC0000017: "STATUS_NO_MEMORY",
    0xC000001D: "EXCEPTION_ILLEGAL_INSTRUCTION",
    0xC0000094: "EXCEPTION_INT_DIVIDE_BY_ZERO",
    0xC0000096: "EXCEPTION_PRIV_INSTRUCTION",
    0xC00000FD: "EXCEPTION_STACK_OVERFLOW",
    0xC0000135: "STATUS_DLL_NOT_FOUND",
    0xC0000139: "STATUS_ENTRYPOINT_NOT_FOUND",
    0xC0000142: "STATUS_DLL_INIT_FAILED",
    0xC0000374: "STATUS_HEAP_CORRUPTION",
    0xC0000409: "STATUS_STACK_BUFFER_OVERRUN",
    0xC0000420: "STATUS_ASSERTION_FAILURE",
    0xE06D7363: "an uncaught C++ exception",
    0xE0434352: "an uncaught .NET exception",
}
# Ctrl-C, and a console that was closed.
_WANTED = frozenset((0xC000013A, 0x40010004, 0x40010005))


def crash(code: int) -> str | None:
    """The name of the crash by which a program ended; None for another code."""
    return _CRASHES.get(code & 0xFFFFFFFF) if code else None


def was_wanted(code: int) -> bool:
    """Whether a person ended the program at its console."""
    return code & 0xFFFFFFFF in _WANTED


def for_exit(code: int) -> int:
    """The code to end with: Python takes it as a C `long`, which the upper half of Windows' codes is not."""
    return code - (1 << 32) if code > 0x7FFFFFFF else code
