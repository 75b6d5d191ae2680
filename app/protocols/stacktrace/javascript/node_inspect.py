"""Parses the tree that Node prints for an error: its calls, then in braces its causes and members.

    Error: outer
        at pay (/srv/shop/pay.js:3:9) {
      code: 'E_PAY',
      [cause]: TypeError: inner
          at charge (/srv/shop/till.js:7:1),
      [errors]: [
        Error: a member
            at …
      ]
    }

The indentation shows what belongs to what. Chromium, and Node's ``error.stack``, print the calls alone.
See https://nodejs.org/api/util.html#utilinspectobject-options.
"""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import LONGEST_LINE
from app.protocols.stacktrace.javascript import calls, trace_end

_DEEPEST = 50
_MOST_RESTORED = 5000
_MATCHING = re.compile(r"\.\.\. (\d{1,6}) lines matching cause stack trace \.\.\.")
_CAUSED_BY = re.compile(r"[Cc]aused by:? +(?=\S)")
# "[Error: without a stack]", perhaps followed by properties.
_BRACKETED = re.compile(r"\[(?P<heading>[^\]\[]{1,3000}(?:\[\w+\][^\]\[]*)?)\](?P<tail>,| \{|)")
_HEADING = re.compile(
    r"(?P<type>[A-Za-z_$][\w$.]*(?: [A-Z]\w*)*)(?: \[\w+\])?(?::\s(?P<value>.*))?", re.DOTALL
)


class _OpenNodeError(Struct, eq=False):
    """An error whose lines are being read. `matching`: before which call Node left out some, and how many.

    The first `in_heading` lines of its message stand in its heading.
    """

    raised: ExceptionBuilder
    indent: int
    in_heading: int
    texts: list[str] = field(default_factory=list)
    matching: tuple[int, int] | None = None
    in_braces: bool = False
    list_indent: int | None = None


def named(text: str, raised: ExceptionBuilder) -> None:
    """Set the type and the first line of the message from an error's heading."""
    match = _HEADING.fullmatch(text) if len(text) <= LONGEST_LINE else None
    if match is None:
        kind, colon, _value = text[:LONGEST_LINE].partition(": ")
        raised.type = kind if colon else None
        raised.message = [text[len(kind) + 2 :] if colon else text]
    else:
        raised.type = match["type"]
        raised.message = [match["value"] or ""]


class Reader:
    """Reads the lines below the heading of `raised`; lines indented by `indent` belong to it.

    `unread` counts the lines that are nothing known. Calls behind them are read all the same.
    """

    def __init__(self, raised: ExceptionBuilder, indent: int, *, in_braces: bool = False) -> None:
        self._path = [_OpenNodeError(raised, indent, len(raised.message), in_braces=in_braces)]
        self._all = [*self._path]
        self.unread = 0

    def read(self, lines: Sequence[str]) -> None:
        """Consume lines up to the first from which on they belong to something else."""
        for number, line in enumerate(lines):
            text = line.strip()
            if self._read_line(line, text):
                continue
            if self._path[0].raised.calls and trace_end.begins_other(line):
                self.unread += sum(1 for left in lines[number:] if left.strip())
                break
            self.unread += bool(text) and not trace_end.is_separator(text)
        _restore(self._all)

    def _read_line(self, line: str, text: str) -> bool:
        """Whether one of the open errors has taken the line; those inside of it have ended then."""
        indent = len(line) - len(line.lstrip())
        before = [*self._path]
        while self._path:
            if self._take(self._path[-1], line, text, indent):
                # The whole text's error stays open: calls may follow behind what is unknown.
                self._path = self._path or before[:1]
                return True
            self._path.pop()
        self._path = before
        return False

    def _take(self, opened: _OpenNodeError, line: str, text: str, indent: int) -> bool:
        """Whether `line` belongs to this error."""
        if opened.in_braces:
            return self._take_property(opened, text, indent)
        tail = " {" if text.endswith(" {") else "," if text.endswith(",") else ""
        bare = text.removesuffix(tail)
        call = _call(bare)
        matching = _MATCHING.fullmatch(bare)
        if call is not None or matching is not None:
            self._set_unread_calls_aside(opened)
            if call is not None:
                opened.raised.calls.append(call)
                opened.texts.append(bare)
            elif matching is not None:
                opened.matching = len(opened.texts), int(matching[1])
            opened.in_braces = tail == " {"
            if tail == "," and len(self._path) > 1:
                self._path.pop()
            return True
        if opened.raised.calls:
            return self._take_between_calls(opened, text)
        if len(self._path) > 1 and indent < opened.indent and text:
            return False
        opened.raised.message.append(line[min(indent, opened.indent) :])
        return True

    def _take_between_calls(self, opened: _OpenNodeError, text: str) -> bool:
        if len(self._path) > 1:
            return False
        if text.startswith("at "):
            call = calls.unplaced(text)
            if call is not None:
                opened.raised.calls.append(call)
                opened.texts.append(text)
                return True
        return self._take_cause(opened, text)

    def _set_unread_calls_aside(self, opened: _OpenNodeError) -> None:
        """Take unknown lines directly above the first call out of the message, if they resemble calls."""
        message = opened.raised.message
        while (
            not opened.raised.calls
            and len(message) > opened.in_heading
            and message[-1][:1].isspace()
            and message[-1].lstrip().startswith("at ")
        ):
            message.pop()
            self.unread += 1

    def _take_cause(self, opened: _OpenNodeError, text: str) -> bool:
        match = _CAUSED_BY.match(text)
        if match is None or opened.raised.cause is not None:
            return False
        opened.raised.cause = self._open(text[match.end() :], opened.indent)
        if opened.raised.cause is None:
            return False
        self._path.remove(opened)
        return True

    def _take_property(self, opened: _OpenNodeError, text: str, indent: int) -> bool:
        if opened.list_indent is not None:
            if indent <= opened.list_indent and text.startswith("]"):
                opened.list_indent = None
            elif indent == opened.list_indent + 2:
                member = self._open(text, indent)
                if member is not None:
                    opened.raised.members.append(member)
        elif text.startswith("[errors]: ["):
            opened.list_indent = indent
        elif text.startswith("[cause]: "):
            cause = self._open(text[9:], indent)
            if cause is not None:
                opened.raised.cause = cause
        elif text.startswith("}") and indent <= opened.indent:
            opened.in_braces = False
            self._path.pop()
        elif text and indent <= opened.indent:
            return False
        return True

    def _open(self, text: str, indent: int) -> ExceptionBuilder | None:
        """Begin an error with the heading `text`; None when it is none, such as a string or an object."""
        if not text or text[0] in "'\"`{}]" or len(text) > LONGEST_LINE or len(self._path) >= _DEEPEST:
            return None
        raised = ExceptionBuilder()
        bracketed = _BRACKETED.fullmatch(text)
        if bracketed is None:
            if text[0] == "[" or not text[0].isalpha():
                return None
            named(text, raised)
        else:
            if bracketed["heading"].startswith("Circular"):
                return None
            named(bracketed["heading"], raised)
        if bracketed is None or bracketed["tail"] == " {":
            self._path.append(
                _OpenNodeError(raised, indent, len(raised.message), in_braces=bracketed is not None)
            )
            self._all.append(self._path[-1])
        return raised


def _call(text: str) -> Frame | None:
    if text.startswith("at "):
        return calls.v8_call(text)
    return calls.gecko_call(text) if "@" in text else None


def _restore(all_opened: Sequence[_OpenNodeError]) -> None:
    """Restore the calls that Node left out because the cause, printed later, has the same ones."""
    by_raised = {id(opened.raised): opened for opened in all_opened}
    left = _MOST_RESTORED
    for opened in reversed(all_opened):
        cause = by_raised.get(id(opened.raised.cause))
        if cause is None or opened.matching is None:
            continue
        place, count = opened.matching
        before = opened.texts[place - 1] if place else ""
        if count <= left and before in cause.texts:
            first = cause.texts.index(before) + 1
            opened.raised.calls[place:place] = cause.raised.calls[first : first + count]
            left -= count
