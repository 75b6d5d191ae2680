"""Python tracebacks, from the text that people log and paste back into frames.

Understands chains ("The above exception was the direct cause …"), the tree that exception groups draw,
SyntaxError, messages of several lines, repeated lines and the marks under the source of Python 3.11.
See https://docs.python.org/3/library/traceback.html for the format.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from app.model import ExceptionInfo, Frame
from app.protocols.in_app import is_in_app

_HEADER = re.compile(r"\s*(?:\+ )?(?:Exception Group )?Traceback \(most recent call last\):\s*")
_FILE = re.compile(r'\s+File "(?P<path>[^"]+)", line (?P<line>\d{1,9})(?:, in (?P<function>.+))?\s*')
_REPEATED = re.compile(r"\s+\[Previous line repeated (\d+) more times?\]\s*")
_MARKS = re.compile(r"\s+[~^]+[~^ ]*")
_RAISED = re.compile(r"(?P<type>[^\W\d][\w.<>]*)(?::\s?(?P<value>.*))?")
_LINK = re.compile(
    r"(?:The above exception was the direct cause of the following exception"
    r"|During handling of the above exception, another exception occurred):?\s*"
)
# The tree of an exception group: "  | text", "  + Exception Group…", "  +-+---- 1 ----", "    +---- 2 ----".
_BRANCH = re.compile(r"(?P<indent> *)\+(?P<deeper>-\+)?-+ (?:\d+|\.\.\.) -+\s*")
_TRUNK = re.compile(r"(?P<indent> *)[|+] ?(?P<text>.*)")
_CLOSING = re.compile(r" *\+-+\s*")
# "lib/python3.11/site-packages/flask/app.py" is shown as "flask/app.py".
_INSTALLED = re.compile(r".*[\\/](?:site-packages|dist-packages|lib(?:64)?[\\/]python\d(?:\.\d+)?)[\\/]")


class _Raised(Struct):
    """One exception while its lines are read. `message` is None until its last line has begun."""

    frames: list[Frame] = field(default_factory=list)
    message: list[str] | None = None


class _Branch(Struct):
    """The lines at one depth of an exception group's tree; plain tracebacks are of depth 0."""

    depth: int
    lines: list[str] = field(default_factory=list)
    children: "list[_Branch]" = field(default_factory=list)


def parse_python(text: str) -> tuple[ExceptionInfo, ...]:
    """The exceptions of a traceback, cause first; nothing when `text` is no traceback. Raises nothing.

    The members of an exception group come before it, and name it as their parent.
    """
    if 'File "' not in text and "Traceback (most recent call last)" not in text:
        return ()
    lines = textwrap.dedent(text.replace("\r\n", "\n")).split("\n")
    found: list[ExceptionInfo] = []
    for branch in _tree(lines):
        _emit(branch, found)
    return tuple(found)


def _tree(lines: Sequence[str]) -> list[_Branch]:
    roots = [_Branch(0)]
    path = [roots[0]]
    for depth, starts, line in _placed(lines):
        while len(path) > 1 and path[-1].depth > depth:
            path.pop()
        if path[-1].depth > depth or (starts and path[-1].depth == depth):
            path.pop()
        if not path or (len(path) == 1 and depth <= 1 and path[0].depth != depth):
            # A chain may lead from a group to a plain exception and back: they stand beside each other.
            roots.append(_Branch(depth))
            path = [roots[-1]]
        elif path[-1].depth < depth:
            branch = _Branch(depth)
            path[-1].children.append(branch)
            path.append(branch)
        path[-1].lines.append(line)
    return roots


def _placed(lines: Sequence[str]) -> Iterator[tuple[int, bool, str]]:
    """Each line with its depth in the tree, and whether it starts a new branch there."""
    in_group = False
    for line in lines:
        branch = _BRANCH.fullmatch(line) if in_group else None
        if branch is not None:
            yield len(branch["indent"]) // 2 + (1 if branch["deeper"] else 0), True, ""
            continue
        if _HEADER.fullmatch(line) and line.lstrip().startswith("+ "):
            in_group = True
        elif not in_group or _CLOSING.fullmatch(line):
            yield 0, False, line if not in_group else ""
            continue
        trunk = _TRUNK.fullmatch(line)
        if trunk is not None:
            yield max(1, len(trunk["indent"]) // 2), False, trunk["text"]
        else:
            in_group = False if line.strip() else in_group
            yield 0, False, line


def _emit(branch: _Branch, found: list[ExceptionInfo]) -> None:
    own = _chain(branch.lines)
    starts = []
    for child in reversed(branch.children):
        before = len(found)
        _emit(child, found)
        if len(found) > before:
            starts.append(len(found) - 1)
    found.extend(own)
    if own:
        for index in starts:
            found[index] = replace(found[index], parent=len(found) - 1)


def _chain(lines: Sequence[str]) -> list[ExceptionInfo]:
    """The exceptions of one plain traceback."""
    chain: list[_Raised] = []
    current: _Raised | None = None
    for line in lines:
        if _HEADER.fullmatch(line):
            current = _Raised()
            chain.append(current)
        elif _LINK.fullmatch(line):
            current = None
        elif current is None:
            if _FILE.fullmatch(line):
                current = _Raised()
                chain.append(current)
                _read_line(current, line)
            elif chain == [] and len(lines) and _is_bare(line):
                current = _Raised(message=[line])
                chain.append(current)
        else:
            _read_line(current, line)
    if not any(raised.frames for raised in chain) and len(chain) > 1:
        chain = [raised for raised in chain if raised.message]
    return [_finished(raised) for raised in chain if raised.frames or raised.message]


def _is_bare(_line: str) -> bool:
    return False


def _read_line(current: _Raised, line: str) -> None:
    if current.message is not None:
        current.message.append(line)
        return
    frame = _FILE.fullmatch(line)
    if frame is not None:
        current.frames.append(_frame(frame))
    elif line[:1].isspace():
        _read_below_frame(current.frames, line)
    elif line:
        current.message = [line]


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
        frames[-1] = replace(last, vars={"[repeated]": f"{repeated[1]} more times"})
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
