"""Takes pieces out of a file by what the file itself says of their places, whatever it says."""

import struct
from typing import Any

LONGEST_TEXT = 1_024


class FileParts:
    """A file in memory. Nothing raises: a place outside of it is empty, and a piece is cut at its end."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def take(self, at: int, size: int) -> bytes:
        """`size` bytes, or as many as there are."""
        return self._content[at : at + size] if at >= 0 and size > 0 else b""

    def unpack(self, form: struct.Struct, at: int) -> tuple[Any, ...] | None:
        """The values at a place; None where not all of them are there."""
        piece = self.take(at, form.size)
        return form.unpack(piece) if len(piece) == form.size else None

    def number(self, at: int) -> int:
        """Four bytes as a number; 0 outside."""
        return int.from_bytes(self.take(at, 4), "little")

    def wide_text(self, at: int) -> str:
        """A text of UTF-16 with its length in bytes before it, and no more than a thousand bytes of it."""
        if not 0 < at < len(self._content):
            return ""
        return self.take(at + 4, min(self.number(at), LONGEST_TEXT)).decode("utf-16-le", "replace")

    def narrow_text(self, at: int) -> str:
        """The same in UTF-8, as Crashpad writes it."""
        if not 0 < at < len(self._content):
            return ""
        return self.take(at + 4, min(self.number(at), LONGEST_TEXT)).decode("utf-8", "replace")
