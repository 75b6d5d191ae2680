"""Finds the calls of a thread in what a minidump has of its registers and its stack.

There is no unwind information here: the chain of frame pointers is followed, which compilers keep on macOS
and ARM64 and many keep elsewhere. Where it leads nowhere, the app's own next return address on the stack is
guessed, and marked as such: without it all aborts of a program would look alike.
"""

import struct
from collections.abc import Callable

from msgspec import Struct

from app.protocols.minidumps.dump import Call

_MOST_CALLS = 64
_SCANNED_WORDS = 1_024


class Machine(Struct, frozen=True):
    """Where in a thread's context its registers stand, and how long a word is.

    `link` is that of the register with the return address, where there is one.
    """

    name: str
    word: str
    pc: int
    sp: int
    fp: int
    link: int | None = None


X86 = Machine("x86", "<I", 0xB8, 0xC4, 0xB4)
X64 = Machine("x86-64", "<Q", 0xF8, 0x98, 0xA0)
ARM = Machine("ARM", "<I", 64, 56, 48, 60)
ARM64 = Machine("ARM64", "<Q", 0x108, 0x100, 0xF0, 0xF8)
# By the number in the dump; Breakpad's own number of ARM64 is the last.
MACHINES = {0: X86, 5: ARM, 9: X64, 12: ARM64, 0x8003: ARM64}
# Apple signs return addresses in the bits above these.
_ADDRESS_BITS = (1 << 47) - 1


class StackMemory(Struct, frozen=True):
    """A part of the process's memory: its address, and its bytes."""

    start: int
    content: bytes

    def word(self, form: str, address: int) -> int | None:
        """The word at an address; None outside."""
        at = address - self.start
        if not 0 <= at <= len(self.content) - struct.calcsize(form):
            return None
        found: int = struct.unpack_from(form, self.content, at)[0]
        return found


def calls(
    machine: Machine,
    context: bytes,
    memory: StackMemory,
    is_code: Callable[[int], bool],
    is_own: Callable[[int], bool] | None = None,
) -> tuple[Call, ...]:
    """The calls, oldest first, 64 at most. Raises nothing.

    `is_code` says whether an address lies in a module, `is_own` whether in one of the app's: it is given for
    the thread that crashed.
    """
    pc, sp, fp = (_register(machine, context, at) for at in (machine.pc, machine.sp, machine.fp))
    if pc is None or sp is None or fp is None:
        return ()
    found = [Call(pc, "context")]
    if machine.link is not None and not is_code(pc):
        # A call to nowhere: the caller is in the register.
        link = (_register(machine, context, machine.link) or 0) & _ADDRESS_BITS
        found += [Call(link - 1, "context")] if is_code(link) else []
    found += _chain(machine, memory, sp, fp, is_code)
    if is_own is not None and not any(is_own(call.address) for call in found):
        found += _guessed(machine, memory, sp, is_own)
    return tuple(reversed(found))


def _register(machine: Machine, context: bytes, at: int) -> int | None:
    if at + struct.calcsize(machine.word) > len(context):
        return None
    found: int = struct.unpack_from(machine.word, context, at)[0]
    return found


def _chain(
    machine: Machine, memory: StackMemory, sp: int, fp: int, is_code: Callable[[int], bool]
) -> list[Call]:
    """The callers, the nearest first: a frame pointer that leads no further up the stack ends the chain."""
    size, found = struct.calcsize(machine.word), list[Call]()
    lowest = sp
    while len(found) < _MOST_CALLS - 2 and fp >= lowest:
        link, after = memory.word(machine.word, fp + size), memory.word(machine.word, fp)
        if link is None or after is None or not is_code(link & _ADDRESS_BITS):
            break
        # The call stands before the place that it returns to.
        found.append(Call((link & _ADDRESS_BITS) - 1, "fp"))
        lowest, fp = fp + 2 * size, after
    return found


def _guessed(machine: Machine, memory: StackMemory, sp: int, is_own: Callable[[int], bool]) -> list[Call]:
    size = struct.calcsize(machine.word)
    start = sp - sp % size
    for place in range(start, start + _SCANNED_WORDS * size, size):
        word = memory.word(machine.word, place)
        if word is None:
            break
        if is_own(word & _ADDRESS_BITS):
            return [Call((word & _ADDRESS_BITS) - 1, "scan")]
    return []
