"""One end of a pipe between two processes of ours: `multiprocessing` has a type of its own on Windows."""

import sys

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as PipeEnd
else:
    from multiprocessing.connection import Connection as PipeEnd

__all__ = ["PipeEnd"]
