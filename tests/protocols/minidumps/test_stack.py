"""The calls of a thread, by its registers and its stack."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from app.protocols.minidumps import stack
from app.protocols.minidumps.dump import Call
from app.protocols.minidumps.stack import StackMemory

CODE = range(0x10000, 0x20000)
OWN = range(0x10000, 0x11000)


def context(pc: int, sp: int, fp: int, *, link: int = 0) -> bytes:
    registers = bytearray(1232)
    for at, value in ((stack.ARM64.pc, pc), (stack.ARM64.sp, sp), (stack.ARM64.fp, fp), (0xF8, link)):
        struct.pack_into("<Q", registers, at, value)
    return bytes(registers)


def words(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}Q", *values)


def calls(registers: bytes, memory: StackMemory, *, is_crash: bool = False) -> tuple[Call, ...]:
    return stack.calls(
        stack.ARM64, registers, memory, CODE.__contains__, OWN.__contains__ if is_crash else None
    )


def test_the_chain_of_frame_pointers_is_followed_to_its_end() -> None:
    memory = StackMemory(0x8000, words(0x8010, 0x10101, 0x0, 0x10201))
    assert calls(context(0x10010, 0x8000, 0x8000), memory) == (
        Call(0x10200, "fp"),
        Call(0x10100, "fp"),
        Call(0x10010, "context"),
    )


def test_a_signature_in_a_return_address_is_taken_off() -> None:
    memory = StackMemory(0x8000, words(0x0, 0x2F << 56 | 0x10101))
    assert calls(context(0x10010, 0x8000, 0x8000), memory)[0] == Call(0x10100, "fp")


def test_a_chain_in_a_circle_ends() -> None:
    memory = StackMemory(0x8000, words(0x8000, 0x10101))
    assert len(calls(context(0x10010, 0x8000, 0x8000), memory)) == 2


def test_a_call_to_nowhere_has_its_caller_from_the_register() -> None:
    found = calls(context(0x0, 0x8000, 0x0, link=0x10301), StackMemory(0x8000, b""))
    assert found == (Call(0x10300, "context"), Call(0x0, "context"))


def test_only_the_thread_that_crashed_has_a_call_guessed() -> None:
    memory = StackMemory(0x8000, words(7, 0x12345, 0x10401, 0x10501))
    registers = context(0x15000, 0x8000, 0x7)
    assert calls(registers, memory) == (Call(0x15000, "context"),)
    assert calls(registers, memory, is_crash=True) == (Call(0x10400, "scan"), Call(0x15000, "context"))


@given(st.binary(max_size=1300), st.binary(max_size=200), st.integers(0, 2**64 - 1))
def test_nothing_raises(registers: bytes, memory: bytes, start: int) -> None:
    for machine in (stack.X86, stack.X64, stack.ARM, stack.ARM64):
        found = stack.calls(
            machine, registers, StackMemory(start, memory), lambda _at: True, lambda _at: True
        )
        assert len(found) <= 64
