"""Which addresses are code, and which are the app's own, by the modules that were loaded."""

from bisect import bisect_right
from collections.abc import Sequence

from app.protocols.event.failing_frame import system_libraries
from app.protocols.event.library_folders import is_of_the_system
from app.protocols.minidumps.dump import DumpModule


def is_own(file: str) -> bool:
    """Whether a module is the app's, and none of the system's."""
    return not (is_of_the_system(file) or system_libraries.holds(file, None, compiled=False))


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
