"""Names of why a process crashed, by its system: exceptions of Windows, signals, exceptions of Mach.

Sources: winnt.h and ntstatus.h; signal(7) and sigaction(2) of Linux; mach/exception_types.h; what Breakpad
and Crashpad write where a process only asked for a dump.
"""

from collections.abc import Sequence

WINDOWS, MAC, IOS, LINUX, ANDROID = 2, 0x8101, 0x8102, 0x8201, 0x8203
_REQUESTED = {0xFFFFFFFF: "Dump requested", 0x0517A7ED: "Dump requested", 0x43507378: "Dump requested"}
_EXCEPTIONS = {
    0x40000015: ("STATUS_FATAL_APP_EXIT", "the app ended itself"),
    0x80000001: ("EXCEPTION_GUARD_PAGE", "a guard page was touched"),
    0x80000002: ("EXCEPTION_DATATYPE_MISALIGNMENT", "misaligned data"),
    0x80000003: ("EXCEPTION_BREAKPOINT", "a breakpoint, or an assertion that failed"),
    0x80000004: ("EXCEPTION_SINGLE_STEP", "a single step"),
    0xC0000005: ("EXCEPTION_ACCESS_VIOLATION", "memory that is not its own"),
    0xC0000006: ("EXCEPTION_IN_PAGE_ERROR", "a page could not be loaded"),
    0xC0000008: ("EXCEPTION_INVALID_HANDLE", "an invalid handle"),
    0xC0000017: ("STATUS_NO_MEMORY", "out of memory"),
    0xC000001D: ("EXCEPTION_ILLEGAL_INSTRUCTION", "an illegal instruction"),
    0xC0000025: ("EXCEPTION_NONCONTINUABLE_EXCEPTION", "went on after a fatal exception"),
    0xC000008C: ("EXCEPTION_ARRAY_BOUNDS_EXCEEDED", "beyond the bounds of an array"),
    0xC000008E: ("EXCEPTION_FLT_DIVIDE_BY_ZERO", "a floating-point division by zero"),
    0xC0000094: ("EXCEPTION_INT_DIVIDE_BY_ZERO", "a division by zero"),
    0xC0000095: ("EXCEPTION_INT_OVERFLOW", "an integer overflow"),
    0xC0000096: ("EXCEPTION_PRIV_INSTRUCTION", "a privileged instruction"),
    0xC00000FD: ("EXCEPTION_STACK_OVERFLOW", "the stack is exhausted"),
    0xC0000135: ("STATUS_DLL_NOT_FOUND", "a library was not found"),
    0xC0000194: ("EXCEPTION_POSSIBLE_DEADLOCK", "a possible deadlock"),
    0xC0000374: ("STATUS_HEAP_CORRUPTION", "the heap is corrupted"),
    0xC0000409: ("STATUS_STACK_BUFFER_OVERRUN", "a buffer overrun, or a fast fail"),
    0xC0000417: ("STATUS_INVALID_CRUNTIME_PARAMETER", "an invalid parameter of the C runtime"),
    0xC0000420: ("STATUS_ASSERTION_FAILURE", "an assertion failed"),
    0xE0000008: ("Out of memory", "an allocation failed"),
    0xE06D7363: ("C++ exception", "a C++ exception that nothing caught"),
    0xE0434352: (".NET exception", "an exception of .NET that nothing caught"),
    0xC06D007E: ("Delay-load module not found", "a library to be loaded late was not found"),
    0xC06D007F: ("Delay-load procedure not found", "a library to be loaded late lacks a function"),
}
_SIGNALS = {
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
    9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
    24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
}  # fmt: skip
# What the kernel adds to some signals, in `si_code`.
_SIGNAL_CODES = {
    (4, 1): "ILL_ILLOPC", (4, 2): "ILL_ILLOPN", (5, 1): "TRAP_BRKPT", (7, 1): "BUS_ADRALN",
    (7, 2): "BUS_ADRERR",
    (8, 1): "FPE_INTDIV", (8, 2): "FPE_INTOVF", (8, 3): "FPE_FLTDIV", (11, 1): "SEGV_MAPERR",
    (11, 2): "SEGV_ACCERR", (31, 1): "SYS_SECCOMP",
}  # fmt: skip
_MACH = {
    1: "EXC_BAD_ACCESS", 2: "EXC_BAD_INSTRUCTION", 3: "EXC_ARITHMETIC", 4: "EXC_EMULATION", 5: "EXC_SOFTWARE",
    6: "EXC_BREAKPOINT", 7: "EXC_SYSCALL", 8: "EXC_MACH_SYSCALL", 10: "EXC_CRASH", 11: "EXC_RESOURCE",
    12: "EXC_GUARD", 13: "EXC_CORPSE_NOTIFY",
}  # fmt: skip
_MACH_CODES = {
    (1, 1): "KERN_INVALID_ADDRESS", (1, 2): "KERN_PROTECTION_FAILURE", (1, 257): "EXC_ARM_DA_ALIGN",
    (2, 1): "EXC_I386_INVOP", (3, 1): "EXC_I386_DIV", (5, 0x10003): "SIGABRT",
}  # fmt: skip
_ACCESS = {0: "read", 1: "written", 8: "executed"}
_WITH_ADDRESS = frozenset((7, 11))
_ACCESS_FAULTS = 0xC0000005, 0xC0000006


def name(platform: int, code: int, flags: int, parameters: Sequence[int], address: int) -> tuple[str, str]:
    """The reason's usual name, and what it says beside that; a code that nobody knows is written in hex."""
    if code in _REQUESTED:
        return _REQUESTED[code], "the process was not ended by it"
    if platform in (LINUX, ANDROID):
        signal = _SIGNALS.get(code, f"signal {code}")
        more = _SIGNAL_CODES.get((code, flags), "")
        return signal, " ".join((more, f"at 0x{address:x}")).strip() if code in _WITH_ADDRESS else more
    if platform in (MAC, IOS):
        return _MACH.get(code, f"exception {code}"), _of_mach(code, flags, address)
    known, about = _EXCEPTIONS.get(code, (f"exception 0x{code:08x}", ""))
    if code in _ACCESS_FAULTS and len(parameters) > 1:
        return known, f"0x{parameters[1]:x} was {_ACCESS.get(parameters[0], 'accessed')}"
    return known, about


def _of_mach(code: int, flags: int, address: int) -> str:
    more = _MACH_CODES.get((code, flags), "")
    return " ".join((more, f"at 0x{address:x}")).strip() if code == 1 else more
