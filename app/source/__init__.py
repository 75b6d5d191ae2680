"""The source of frames: coloured, read from disk or a commit, found through source maps, printed as a trace.

`enrichment.py` brings it all to the frames of one stack, off the UI thread and after the event is shown. What
is read comes from outside: files only below folders that a person has confirmed (`app/local_files`), servers
only on loopback, libraries in native code only in a process of their own (`symbol_process.py`).
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.source import colours as colours
    from app.source import differences as differences
    from app.source import enrichment as enrichment
    from app.source import project_folder as project_folder
    from app.source import trace_text as trace_text

__getattr__ = lazy_door(__name__, {"": "colours differences enrichment project_folder trace_text"})
