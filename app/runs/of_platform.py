"""How a command is run and read on this platform: the one place that chooses."""

import sys

if sys.platform == "win32":
    from app.runs.pipe_relay import PipeRelay as Relay
    from app.runs.reading_thread import ReadingThread as ReadingProcess
else:
    from app.runs.reading_process import ReadingProcess
    from app.runs.relay import Relay

__all__ = ["ReadingProcess", "Relay"]
