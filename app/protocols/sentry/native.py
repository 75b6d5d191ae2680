"""Frames of compiled code, which may have nothing but an address in a program or a library.

Sentry's clients for C, C++, Rust, Swift, Unity and .NET send them, oldest call first like all others.
"""

import re
from typing import Any

from msgspec.structs import replace

from app.protocols.sentry import schema

# What else a frame says of its place, beside what has a field of its own.
_PLACE = (
    "symbol",
    "symbol_addr",
    "function_id",
    "trust",
    "native",
    "raw_function",
)
_SEPARATOR = re.compile(r"[\\/]")


def named(wire: schema.SentryFrame, file: str | None = None, within: str | None = None) -> schema.SentryFrame:
    """The frame with what stands in for a missing name: its address, and the library's file.

    The package of .NET is an assembly, and no file. `file` is that of the image that the call was in, and
    `within` is where in it, if that is known: unlike the address, it is equal in each run of a build.
    """
    address = wire.instruction_addr if within is None else within
    if type(address) is int:
        address = hex(address)
    function = wire.function or (str(address) if address is not None else None)
    package = wire.package or file
    if package is None or wire.filename or wire.abs_path or wire.module:
        return wire if function == wire.function else replace(wire, function=function)
    return replace(wire, function=function, filename=_SEPARATOR.split(package)[-1], abs_path=package)


def addresses(wire: schema.SentryFrame) -> dict[str, Any]:
    """The addresses of a frame: where in a program it was."""
    found = {
        "package": wire.package,
        "instruction_addr": wire.instruction_addr,
        "image_addr": wire.image_addr,
        "addr_mode": wire.addr_mode,
        **(wire.place or {}),
    }
    return {name: value for name, value in found.items() if value is not None}


def gathered(frame: dict[str, Any]) -> dict[str, Any]:
    """A decoded frame with its addresses gathered in one field of `schema.SentryFrame`.

    Values without information are dropped: ``native: false`` of Java, the function's name again of PHP.
    """
    place = {name: frame[name] for name in _PLACE if frame.get(name) is not None}
    if not place:
        return frame
    if place.get("native") is False:
        del place["native"]
    if place.get("raw_function") == frame.get("function"):
        place.pop("raw_function", None)
    return {name: value for name, value in frame.items() if name not in _PLACE} | {"(place)": place or None}
