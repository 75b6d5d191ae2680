"""What exit codes of Windows say."""

import pytest

from app.platforms import exit_status


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (0xC0000005, "EXCEPTION_ACCESS_VIOLATION"),
        (0xC0000005 - (1 << 32), "EXCEPTION_ACCESS_VIOLATION"),
        (0xC00000FD, "EXCEPTION_STACK_OVERFLOW"),
        (0xE0434352, "an uncaught .NET exception"),
        (0xC000013A, None),
        (0, None),
        (1, None),
        (-11, None),
        (139, None),
    ],
)
def test_a_crash_has_a_name(code: int, name: str | None) -> None:
    assert exit_status.crash(code) == name


def test_ctrl_c_and_a_closed_console_are_wanted() -> None:
    assert exit_status.was_wanted(0xC000013A)
    assert exit_status.was_wanted(0xC000013A - (1 << 32))
    assert not exit_status.was_wanted(0xC0000005)
    assert not exit_status.was_wanted(1)


def test_the_code_to_end_with_fits() -> None:
    assert exit_status.for_exit(0xC0000005) == -0x3FFFFFFB
    assert [exit_status.for_exit(code) for code in (0, 7, 255, 0x7FFFFFFF)] == [0, 7, 255, 0x7FFFFFFF]
