"""Passes each new revision of the store on to the engine's doorbell, whichever process has committed it.

The digest's process sends the revision of each commit through a pipe; the watch finds those of window and
command line.
"""

import threading
from collections.abc import Callable
from multiprocessing.context import SpawnContext

from app.platforms.pipe_end import PipeEnd


class Revisions:
    """Owns the pipe, and the thread that reads it. `changed` is called with each new revision."""

    sender: PipeEnd

    def __init__(self, context: SpawnContext, changed: Callable[[int], None]) -> None:
        self._changed = changed
        self._newest = 0
        self._receiver, self.sender = context.Pipe(duplex=False)
        self._thread = threading.Thread(target=self._receive, name="digest-listener", daemon=True)

    def start(self) -> None:
        """Begin to read what the digest's process sends."""
        self._thread.start()

    def stop(self) -> None:
        """Pass on what has been sent, and end."""
        self.sender.close()
        self._thread.join()

    def announce(self, revision: int) -> None:
        """A commit of this engine brought the store to `revision`. Safe from any thread."""
        self._newest = max(revision, self._newest)
        self._changed(revision)

    def found(self, revision: int) -> None:
        """The store is at `revision`: announce it, unless that has been done."""
        if revision > self._newest:
            self.announce(revision)

    def _receive(self) -> None:
        while True:
            try:
                self.announce(int(self._receiver.recv_bytes()))
            except EOFError:
                return
