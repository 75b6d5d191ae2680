"""Runs a command through a `Relay` alone, as a program of its own: `python relayed.py FILE COMMAND…`.

What the relay heard is written to FILE, a JSON list of [stream, text].
"""

import json
import os
import socket
import sys
import threading
from pathlib import Path

from app.runs import feed
from app.runs.cannot_run import CannotRun
from app.runs.feed import Feed, Piece
from app.runs.relay import Relay


def main() -> int:
    """Run it; the exit code as a shell has it."""
    file, *command = sys.argv[1:]
    ours, theirs = socket.socketpair()
    heard: list[tuple[str, str]] = []

    def hear() -> None:
        buffer = bytearray()
        while data := theirs.recv(1 << 16):
            buffer += data
            pieces = (frame for frame in feed.parse(buffer) if isinstance(frame, Piece))
            heard.extend((piece.stream, piece.data.decode("utf-8", "replace")) for piece in pieces)

    hearing = threading.Thread(target=hear)
    hearing.start()
    to_feed = Feed(ours)
    try:
        code = Relay(command, os.environ, to_feed).run()
    except CannotRun as error:
        print(error, file=sys.stderr)
        code = error.exit_code
    to_feed.end(code, 10.0)
    ours.close()
    hearing.join()
    Path(file).write_text(json.dumps(heard), "utf-8")
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
