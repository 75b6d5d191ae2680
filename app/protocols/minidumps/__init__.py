"""Minidumps: what Windows, Breakpad and Crashpad write of a process that crashed.

`reading` reads one by the package `minidump`, which is loaded with it and never before; `dump` has the types
that come out, `reasons` the names of exceptions and signals, `stack` finds the calls of a thread.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.protocols.minidumps import reading as reading

SIGNATURE = b"MDMP"

__getattr__ = lazy_door(__name__, {"": "reading"})
