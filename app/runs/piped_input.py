"""Stdin as a pipe that is waited for no longer than one wants, by a thread: Windows cannot `select` it."""

import os
from queue import Empty, Queue
from threading import Thread

_PIECE = 1 << 18
_MOST_WAITING = 8


class PipedInput:
    """What comes from the descriptor `fd`, which is not closed here."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._pieces: Queue[bytes] = Queue(_MOST_WAITING)
        self._next: bytes | None = None
        Thread(target=self._read, name="stdin", daemon=True).start()

    def is_ready(self, seconds: float) -> bool:
        """Whether `read` would return at once, waited for so long."""
        if self._next is None:
            try:
                self._next = self._pieces.get(timeout=seconds)
            except Empty:
                return False
        return True

    def read(self) -> bytes:
        """The next piece; nothing at the end, and from then on."""
        piece = self._pieces.get() if self._next is None else self._next
        # The end stays the end.
        self._next = None if piece else piece
        return piece

    def _read(self) -> None:
        piece = b"."
        while piece:
            try:
                piece = os.read(self._fd, _PIECE)
            except OSError:
                # The writer has gone.
                piece = b""
            self._pieces.put(piece)
