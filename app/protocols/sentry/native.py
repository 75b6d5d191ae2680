"""Frames of compiled code, which may have nothing but an address in a program or a library.

Sentry's clients for C, C++, Rust, Swift, Unity and .NET send them, oldest call first like all others.
"""

import re
from typing import Any

from msgspec.structs import replace

from app.protocols.sentry import schema

_ADDRESSES = (
    "package",
    "symbol",
    "instruction_addr",
    "symbol_addr",
    "image_addr",
    "addr_mode",
    "function_id",
    "trust",
)
# Where the libraries of Linux, Apple's systems, Android and Windows lie.
_SYSTEM = re.compile(
    r"""
        /(?:usr/(?:local/)?|)lib(?:32|64|exec|x32)?/ | /System/ | /Library/Apple/ | /usr/lib/system/
      | .*/(?:RuntimeRoot|CoreSimulator|Xcode\.app)/ | /system/ | /apex/ | /vendor/lib
      | [A-Za-z]:\\Windows\\ | linux-(?:vdso|gate)\. | \[vdso\]
      | (?:libsystem_\w+|libdyld|libdispatch|libobjc|UIKit\w*|Foundation|CoreFoundation|dyld)(?:\.\w+)*$
    """,
    re.VERBOSE,
)
_SEPARATOR = re.compile(r"[\\/]")


def named(wire: schema.Frame) -> schema.Frame:
    """The frame with what stands in for a missing name: its symbol or address, and the library's file.

    The package of .NET is an assembly, and no file.
    """
    address = wire.instruction_addr
    function = wire.function or wire.symbol or (str(address) if address is not None else None)
    package = wire.package
    if package is None or wire.filename or wire.abs_path or wire.module:
        return wire if function == wire.function else replace(wire, function=function)
    return replace(wire, function=function, filename=_SEPARATOR.split(package)[-1], abs_path=package)


def addresses(wire: schema.Frame) -> dict[str, Any]:
    """What says where in a program it was; what each frame of Java or PHP says and tells nothing is left."""
    found = {name: getattr(wire, name) for name in _ADDRESSES}
    if wire.raw_function is not None and wire.raw_function != wire.function:
        found["raw_function"] = wire.raw_function
    if wire.native:
        found["native"] = True
    return {name: value for name, value in found.items() if value is not None}


def is_of_the_system(package: str) -> bool:
    """Whether a library came with the system, told by where it lies."""
    return _SYSTEM.match(package) is not None
