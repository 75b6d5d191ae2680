"""Parses Python tracebacks, as people log and paste them, into frames.

Understands chains ("The above exception was the direct cause …"), the tree that exception groups draw,
SyntaxError, messages of several lines, repeated lines and the marks under the source of Python 3.11.
See https://docs.python.org/3/library/traceback.html for the format.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from app.model import REPEATED, ExceptionInfo, Frame
from app.protocols.event.in_app import is_in_app
from app.protocols.stacktrace.exception_builder import as_cause
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r'^[^\S\n]*File\ " | Traceback\ \(most'
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_GROUP = re.compile(r"\s*\+ Exception Group Traceback \(most recent call last\):\s*")
_TITLE = "Traceback (most recent call last):"
_HEADER = re.compile(r"\s*(?:Exception Group )?Traceback \(most recent call last\):\s*")
_FILE = re.compile(r'\s+File "(?P<path>[^"]+)", line (?P<line>\d{1,9})(?:, in (?P<function>.+))?\s*')
_REPEATED = re.compile(r"\s+\[Previous line repeated (\d+) more times?\]\s*")
_MARKS = re.compile(r"\s+[~^][~^ ]*")
_RAISED = re.compile(r"(?P<type>[^\W\d][\w.<>]*)(?::\s?(?P<value>.*))?")
# Django names the exception in brackets.
_LINK = re.compile(
    r"(?:The above exception (?:\(.{0,1000}\) )?was the direct cause of the following exception"
    r"|During handling of the above exception(?: \(.{0,1000}\))?, another exception occurred):?\s*"
)
_CERTAINLY_RAISED = re.compile(
    r"[\w.<>]*(?:Error|Exception|Warning|Exit|Interrupt|Iteration|Group|Failure|Fault)(?::.*)?", re.DOTALL
)
# A logger's line behind a traceback: messages do not begin so.
_LOGGED = re.compile(
    r"\[?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d|(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):[\w.]+:|Call stack:$"
)
_FARTHEST = 200
# The tree of an exception group: "  | text", "  + Exception Group…", "  +-+---- 1 ----", "    +---- 2 ----".
_BRANCH = re.compile(r"(?P<indent> *)\+(?P<deeper>-\+)?-+ (?:\d+|\.\.\.) -+\s*")
_TRUNK = re.compile(r"(?P<indent> *)[|+] ?(?P<text>.*)")
_CLOSING = re.compile(r" *\+-+\s*")
# "lib/python3.11/site-packages/flask/app.py" is shown as "flask/app.py".
_INSTALLED = re.compile(r"^.*[\\/](?:site-packages|dist-packages|lib(?:64)?[\\/]python\d(?:\.\d+)?)[\\/]")

_DEEPEST = 50
_SOURCE = ("    ", "\t")


class _Raised(Struct):
    """One exception while its lines are read. `message` is None until its last line has begun."""

    frames: list[Frame] = field(default_factory=list)
    message: list[str] | None = None
    is_complete: bool = False


class _Unread(Struct):
    """How many lines are not understood."""

    count: int = 0


class _Segment(Struct):
    """Lines of a plain traceback, and the members of the group that it ends with."""

    lines: list[str] = field(default_factory=list)
    members: "list[_Branch]" = field(default_factory=list)


class _Branch(Struct):
    """One branch of an exception group's tree; the root holds the lines outside any group."""

    depth: int
    segments: list[_Segment] = field(default_factory=lambda: [_Segment()])

    def add(self, line: str) -> None:
        """Append a line; after the members of a group it begins a segment, for a later exception."""
        if self.segments[-1].members:
            self.segments.append(_Segment())
        self.segments[-1].lines.append(line)


def parse_python(text: str) -> tuple[ExceptionInfo, ...]:
    """The exceptions of a traceback, cause first; nothing when `text` is no traceback. Raises nothing.

    The members of an exception group come before it, and name it as their parent.
    """
    found = find(text.replace("\r\n", "\n").split("\n"))
    return found.exceptions if found is not None else ()


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The traceback in `lines`, with its position; None when there is none."""
    begin = next(((n, column) for n, line in enumerate(lines) if (column := _begin(line)) is not None), None)
    if begin is None:
        return None
    start, column = begin
    # The line may begin with a logger's prefix.
    lines = [lines[start][column:], *lines[start + 1 :]] if column else _outdented(lines, start)
    exceptions: list[ExceptionInfo] = []
    unread = _Unread()
    _emit(_tree(lines), exceptions, unread)
    if not exceptions:
        return None
    return LocatedTrace(
        platform="python", exceptions=tuple(exceptions), line=start, column=column, unread=unread.count
    )


def _outdented(lines: Sequence[str], start: int) -> list[str]:
    """The lines from `start` on without the indent that a log gave to the whole traceback."""
    head = lines[start]
    if _GROUP.fullmatch(head) is not None:
        return textwrap.dedent("\n".join(lines[start:])).split("\n")
    margin = len(head) - len(head.lstrip())
    if _HEADER.fullmatch(head) is None:
        # A call stands two blanks to the right of its traceback's first line.
        margin = max(0, margin - 2)
    return [line[min(margin, len(line) - len(line.lstrip())) :] for line in lines[start:]]


def _begin(line: str) -> int | None:
    """The column of `line` at which a traceback begins; None when none does."""
    if "Traceback (most" in line:
        if _HEADER.fullmatch(line) is not None or _GROUP.fullmatch(line) is not None:
            return 0
        text = line.rstrip()
        return len(text) - len(_TITLE) if text.endswith(f" {_TITLE}") and "|" not in text else None
    return 0 if 'File "' in line and _FILE.fullmatch(line) is not None else None


def _tree(lines: Sequence[str]) -> _Branch:
    root = _Branch(1)
    path = [root]
    for depth, starts, line in _placed(lines):
        while len(path) > 1 and (path[-1].depth > depth or (starts and path[-1].depth == depth)):
            path.pop()
        if path[-1].depth < depth:
            branch = _Branch(depth)
            path[-1].segments[-1].members.append(branch)
            path.append(branch)
        if not starts:
            path[-1].add(line)
    return root


def _placed(lines: Sequence[str]) -> Iterator[tuple[int, bool, str]]:
    """Each line with its depth in the tree (1 is the top), and whether it only starts a new branch there."""
    margin: int | None = None
    depth = 1
    for n, line in enumerate(lines):
        if margin is None:
            if _GROUP.fullmatch(line):
                margin, depth = line.index("+"), 1
                yield 1, False, line.lstrip(" +")
            else:
                yield 1, False, line
        elif branch := _BRANCH.fullmatch(line):
            depth = _depth(branch, margin) + (1 if branch["deeper"] else 0)
            yield depth, True, ""
        elif _CLOSING.fullmatch(line):
            continue
        elif trunk := _TRUNK.fullmatch(line):
            depth = _depth(trunk, margin)
            yield depth, False, trunk["text"]
        elif _goes_on(lines, n):
            # Python draws no line beside the second line of a message and those behind it.
            yield depth, False, line
        else:
            # The tree has ended: a plain exception may follow a group.
            margin = None
            yield 1, False, line


def _goes_on(lines: Sequence[str], n: int) -> bool:
    """Whether the tree goes on behind line `n`, which is not drawn as a part of it."""
    for line in lines[n + 1 : n + _FARTHEST]:
        if _HEADER.fullmatch(line) or _LINK.fullmatch(line) or _GROUP.fullmatch(line):
            return False
        if _BRANCH.fullmatch(line) or _CLOSING.fullmatch(line) or line.lstrip(" ").startswith("|"):
            return True
    return False


def _depth(match: re.Match[str], margin: int) -> int:
    return min(max(0, len(match["indent"]) - margin) // 2 + 1, _DEEPEST)


def _emit(branch: _Branch, found: list[ExceptionInfo], unread: _Unread) -> None:
    for segment in branch.segments:
        own = _chain(segment.lines, unread, is_member=branch.depth > 1)
        members = []
        for member in reversed(segment.members):
            before = len(found)
            _emit(member, found, unread)
            if len(found) > before:
                members.append(len(found) - 1)
        if branch.depth > 1:
            effects = range(len(found) + 1, len(found) + len(own))
            own[:-1] = [as_cause(cause, effect) for cause, effect in zip(own[:-1], effects, strict=True)]
        found.extend(own)
        if own:
            for index in members:
                found[index] = replace(found[index], parent=len(found) - 1)


def _chain(lines: Sequence[str], unread: _Unread, *, is_member: bool) -> list[ExceptionInfo]:
    """The exceptions of one plain traceback; a member of a group may have no frames."""
    chain: list[_Raised] = []
    current: _Raised | None = None
    for n, line in enumerate(lines):
        if _HEADER.fullmatch(line):
            if current is not None and current.message is not None:
                # Nothing links it to the one before: it is another error.
                unread.count += sum(1 for left in lines[n:] if left.strip())
                break
            current = _Raised()
            chain.append(current)
        elif _LINK.fullmatch(line):
            current = None
        elif current is not None:
            _read_line(current, lines, n, unread)
        elif _FILE.fullmatch(line) or (is_member and line and not chain and not _has_header(lines, n)):
            current = _Raised()
            chain.append(current)
            _read_line(current, lines, n, unread)
        else:
            unread.count += bool(line.strip())
    return [_finished(raised) for raised in chain if raised.frames or raised.message]


def _has_header(lines: Sequence[str], n: int) -> bool:
    return any(_HEADER.fullmatch(line) for line in lines[n + 1 : n + _FARTHEST])


def _read_line(current: _Raised, lines: Sequence[str], n: int, unread: _Unread) -> None:
    line = lines[n]
    if current.message is not None:
        current.is_complete = current.is_complete or _LOGGED.match(line) is not None
        if current.is_complete:
            unread.count += bool(line.strip())
        else:
            current.message.append(line)
        return
    frame = _FILE.fullmatch(line)
    if frame is not None:
        current.frames.append(_frame(frame))
    elif line[:1].isspace():
        if line.startswith(_SOURCE) and current.frames:
            _read_below_frame(current.frames, line)
        else:
            unread.count += _REPEATED.fullmatch(line) is None and bool(line.strip())
            _read_below_frame(current.frames, line)
    elif line:
        if _is_odd(lines, n):
            unread.count += 1
        else:
            current.message = [line]


def _is_odd(lines: Sequence[str], n: int) -> bool:
    """Whether line `n` is none of the traceback's, as calls and the exception come only below it."""
    if _CERTAINLY_RAISED.fullmatch(lines[n]):
        return False
    has_call = False
    for line in lines[n + 1 : n + _FARTHEST]:
        if has_call and line and not line[0].isspace() and _RAISED.fullmatch(line):
            return True
        if _HEADER.fullmatch(line) or _LINK.fullmatch(line):
            break
        has_call = has_call or ('File "' in line and _FILE.fullmatch(line) is not None)
    return has_call and _RAISED.fullmatch(lines[n]) is None


def _frame(match: re.Match[str]) -> Frame:
    path = match["path"]
    is_absolute = path.startswith("/") or path[1:3] in (":\\", ":/")
    return Frame(
        filename=_INSTALLED.sub("", path),
        abs_path=path if is_absolute else None,
        function=match["function"],
        line=int(match["line"]),
        in_app=is_in_app(path),
    )


def _read_below_frame(frames: list[Frame], line: str) -> None:
    if not frames or not line.strip() or _MARKS.fullmatch(line):
        return
    last = frames[-1]
    repeated = _REPEATED.fullmatch(line)
    if repeated is not None:
        frames[-1] = replace(last, vars={REPEATED: f"{repeated[1]} more times"})
    elif not last.context and last.line is not None:
        frames[-1] = replace(last, context=((last.line, line.strip()),))


def _finished(raised: _Raised) -> ExceptionInfo:
    text = "\n".join(raised.message or ()).rstrip()
    first, _newline, rest = text.partition("\n")
    match = _RAISED.fullmatch(first)
    if match is None:
        return ExceptionInfo(value=text or None, frames=tuple(raised.frames))
    module, _dot, name = match["type"].rpartition(".")
    value = match["value"] or ""
    if rest:
        value = f"{value}\n{rest}"
    return ExceptionInfo(type=name, module=module or None, value=value or None, frames=tuple(raised.frames))
