"""Which addresses are code, and which are the app's own, by the modules that were loaded."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from app.protocols.event.system_libraries import is_of_the_system
from app.protocols.minidumps.dump import DumpModule

# Crashpad names libraries of Linux, and Breakpad those of Windows, without their folder.
_BARE = re.compile(
    r"""
        (?:libc|libm|libdl|librt|libpthread|libgcc_s|libstdc\+\+|libc\+\+(?:abi)?|ld-\w[\w-]*|ld)\.so(?:\.\d+)*
      | (?i:(?:ntdll|kernel32|kernelbase|user32|win32u|gdi32(?:full)?|advapi32|sechost|rpcrt4|combase|ole32
        |ucrtbased?|msvcrt|msvcp\w+|vcruntime\w+|ws2_32|shell32)\.dll)
    """,
    re.VERBOSE,
)


def is_own(file: str) -> bool:
    """Whether a module is the app's, and none of the system's."""
    return not is_of_the_system(file) and _BARE.fullmatch(file) is None


class Code:
    """The modules by their addresses; of two that overlap the one that begins later counts."""

    def __init__(self, modules: Sequence[DumpModule]) -> None:
        self._modules = sorted(modules, key=lambda each: each.base)
        self._bases = [each.base for each in self._modules]
        self._own = {each.base for each in modules if is_own(each.file)}

    def has(self, address: int) -> bool:
        """Whether it lies in any module."""
        return self.at(address) is not None

    def has_own(self, address: int) -> bool:
        """Whether it lies in a module of the app."""
        found = self.at(address)
        return found is not None and found.base in self._own

    def at(self, address: int) -> DumpModule | None:
        """The module that an address lies in."""
        place = bisect_right(self._bases, address) - 1
        found = self._modules[place] if place >= 0 else None
        return found if found is not None and address < found.base + found.size else None
