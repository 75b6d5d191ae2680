"""Names of why a process crashed."""

import pytest

from app.protocols.minidumps import reasons

CASES = [
    (reasons.LINUX, 11, 1, (), ("SIGSEGV", "SEGV_MAPERR at 0x10")),
    (reasons.LINUX, 6, 0, (), ("SIGABRT", "")),
    (reasons.ANDROID, 8, 1, (), ("SIGFPE", "FPE_INTDIV")),
    (reasons.LINUX, 77, 0, (), ("signal 77", "")),
    (reasons.LINUX, 0xFFFFFFFF, 0, (), ("Dump requested", "the process was not ended by it")),
    (reasons.MAC, 1, 2, (), ("EXC_BAD_ACCESS", "KERN_PROTECTION_FAILURE at 0x10")),
    (reasons.IOS, 6, 0, (), ("EXC_BREAKPOINT", "")),
    (reasons.WINDOWS, 0xC0000005, 0, (0, 0x18), ("EXCEPTION_ACCESS_VIOLATION", "0x18 was read")),
    (reasons.WINDOWS, 0xC0000005, 0, (), ("EXCEPTION_ACCESS_VIOLATION", "memory that is not its own")),
    (reasons.WINDOWS, 0xC0000094, 0, (), ("EXCEPTION_INT_DIVIDE_BY_ZERO", "a division by zero")),
    (reasons.WINDOWS, 0x1234, 0, (), ("exception 0x00001234", "")),
]


@pytest.mark.parametrize(("platform", "code", "flags", "parameters", "expected"), CASES)
def test_a_reason_has_its_usual_name(
    platform: int, code: int, flags: int, parameters: tuple[int, ...], expected: tuple[str, str]
) -> None:
    assert reasons.name(platform, code, flags, parameters, 0x10) == expected
