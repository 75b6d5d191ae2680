"""What bash says of a script's line that failed: a command it lacks, a variable that is not set.

    ./deploy.sh: line 12: terraform: command not found

Shells print no calls. So that a log's prose is not taken for it, the file must be a script of a shell.
See https://www.gnu.org/software/bash/manual/ ("BASH_LINENO").
"""

import re
from collections.abc import Sequence

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import after_log_prefix, bounded

SIGN = r"sh:\ (?:line\ )?\d+:\ | ^(?:zsh|[^\s:]+\.zsh):\d+:\ "
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_FAILED = re.compile(
    r"""(?P<path>[^\s:]*(?:\.(?:ba|z|k|da)?sh|/(?:ba|z|k|da)?sh|^(?:ba|z|k|da)?sh))
        :\ ?(?:line\ )?(?P<line>\d{1,9}):\ (?P<value>\S.*)
    """,
    re.VERBOSE,
)
_SAID = re.compile(
    r".*(?:not found|unbound variable|parameter (?:null or )?not set|syntax error.*|unexpected.*"
    r"|No such file or directory"
    r"|Permission denied|ambiguous redirect|bad substitution|not a valid identifier|Is a directory"
    r"|division by 0.*"
    r"|invalid option.*|command not found: .*|numeric argument required|too many arguments"
    r"|integer expression expected"
    r"|unary operator expected|readonly variable|bad array subscript|Broken pipe|Cannot .*|cannot .*)\s*"
)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first line of a shell that says what failed: what failed after it may have come of it."""
    failed: list[tuple[int, int, re.Match[str]]] = []
    for n in range(len(lines)):
        line = bounded(lines, n)
        if "sh:" not in line:
            continue
        column = after_log_prefix(line)
        match = _FAILED.match(line, column)
        if match is not None and _SAID.fullmatch(match["value"]):
            failed.append((n, column, match))
    if not failed:
        return None
    first, column, match = failed[0]
    raised = ExceptionBuilder(message=[match["value"].rstrip()], calls=[_frame(match)])
    known = {number for number, _column, _match in failed}
    unread = sum(1 for n in range(first + 1, len(lines)) if n not in known and lines[n].strip())
    return LocatedTrace(platform="bash", exceptions=flatten(raised), line=first, column=column, unread=unread)


def _frame(place: re.Match[str]) -> Frame:
    return frame("bash", place["path"], int(place["line"]))
