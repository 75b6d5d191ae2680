"""Makes a frame of the parts of a stack trace's line."""

import re

from app.model import Frame
from app.protocols.event.in_app import is_in_app_code

LONGEST_LINE = 4000
"""Longer lines are text, never a call: what is read by patterns is bounded so."""

_ABSOLUTE = re.compile(r"/|[A-Za-z]:[\\/]|[A-Za-z][\w.+-]*://|\\\\")


def frame(
    platform: str,
    path: str | None,
    line: int | None = None,
    column: int | None = None,
    *,
    module: str | None = None,
    function: str | None = None,
    context: str | None = None,
) -> Frame:
    """A frame in `path`, a file or URL as the runtime wrote it; `context` is the source code of its line."""
    return Frame(
        filename=path,
        abs_path=path if path and _ABSOLUTE.match(path) else None,
        module=module,
        function=function,
        line=line,
        column=column,
        in_app=is_in_app_code(path, module, function, platform),
        context=((line, context),) if context and line is not None else (),
    )
