"""Where in a program a call without a name was, as it is equal in each run of one build.

A library is loaded somewhere else each time, so an instruction's address says nothing. Less the address of
its image it does, as long as the build is the same.
"""

_BUILD = "+"
_LARGEST = 1 << 64


def within(offset: int, build: str | None) -> str:
    """The place at `offset` of an image, whose build (its id, else its release) is `build`."""
    return f"{build or ''}{_BUILD}{offset:#x}"


def offset(place: str) -> str:
    """The offset in a place that `within` has written."""
    return place.rpartition(_BUILD)[2]


def number(address: str | int | None) -> int | None:
    """An address as clients send it: hexadecimal with `0x`, decimal, or a number; None for anything else."""
    if type(address) is int:
        return address if 0 <= address < _LARGEST else None
    if not isinstance(address, str) or not 0 < len(address) <= 20 or not address.isascii():
        return None
    try:
        found = int(address, 16) if address[:2] in ("0x", "0X") else int(address)
    except ValueError:
        # Words, and not an address.
        return None
    return found if 0 <= found < _LARGEST else None
