"""What reads a command's output, as a thread: where no process can be made of this one, as on Windows."""

import socket
import traceback
from collections.abc import Callable
from threading import Thread

from app.runs.reading import Reader, Reading


class ReadingThread(Reading):
    """Runs `work` in the thread, from now on."""

    def __init__(self, work: Callable[[Reader], None]) -> None:
        ours, theirs = socket.socketpair()
        super().__init__(ours)
        self._thread = Thread(target=_work, args=(work, theirs), name="reading", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Nothing more is said; it ends."""
        super().close()
        self._thread.join()


def _work(work: Callable[[Reader], None], ours: socket.socket) -> None:
    reader = Reader(ours)
    with ours:
        try:
            work(reader)
        except Exception:  # noqa: BLE001 - whatever it is, the run says it
            reader.say({"bug": traceback.format_exc()})
