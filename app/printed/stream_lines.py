"""Cuts one stream of bytes into lines, whatever the pieces in which they come.

While a program has the whole screen (an editor, a pager), nothing is a line.
"""

from app.printed.printed_line import LONGEST

ENTER_SCREEN, LEAVE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
_MOST = 4 * LONGEST


class StreamLines:
    """Holds the line that has begun, and whether a program has the screen."""

    def __init__(self) -> None:
        self._begun = b""
        self._has_screen = False

    def complete(self, data: bytes) -> bytes:
        """The lines that are complete with `data`, with their ends; the rest is held.

        Of a line that does not end, the beginning is held.
        """
        end = data.rfind(b"\n") + 1
        if not end:
            if len(self._begun) < _MOST:
                self._begun += data[: _MOST - len(self._begun)]
            return b""
        complete, self._begun = self._begun + data[:end], data[end : end + _MOST]
        return complete

    def is_shown(self, line: bytes) -> bool:
        """Whether the line was printed as one; to be asked of each in turn."""
        entered, left = line.rfind(ENTER_SCREEN), line.rfind(LEAVE_SCREEN)
        was = self._has_screen
        if entered != left:
            self._has_screen = entered > left
        return not was and not self._has_screen

    def rest(self) -> bytes:
        """What stands behind the last line."""
        rest, self._begun = self._begun, b""
        return rest if self.is_shown(rest) else b""

    @property
    def has_begun(self) -> bool:
        """Whether a line has begun that has no end yet."""
        return bool(self._begun) and not self._has_screen

    @property
    def has_screen(self) -> bool:
        """Whether a program has the whole screen."""
        return self._has_screen
