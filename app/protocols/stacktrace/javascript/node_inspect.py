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
CAUSED_BY = re.compile(r"[Cc]aused by:? +(?=\S)")
"""Matches what loggers write before the heading of a cause."""

# "[Error: without a stack]", perhaps followed by properties.
_BRACKETED = re.compile(r"\[(?P<heading>[^\]\[]{1,3000}(?:\[\w+\][^\]\[]*)?)\](?P<tail>,| \{|)")
_CLOSING = re.compile(r"[\]}][\]},;)]{0,20}")
_PROPERTY = re.compile(r"(?:[\w$]{1,100}|'[^'\n]{1,200}'|\[[^\]\n]{1,200}\]): ")
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
        self._closes = False
        self.unread = 0

    def read(self, lines: Sequence[str]) -> None:
        """Consume lines up to the first from which on they belong to something else."""
        for number, line in enumerate(lines):
            text = line.strip()
            self._closes = (
                text[:1] in ("]", "}") and _CLOSING.fullmatch(text) is not None and _is_end(lines, number)
            )
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
            is_innermost = len(self._path) == len(before)
            if self._take(self._path[-1], line, text, indent, is_innermost=is_innermost):
                # The whole text's error stays open: calls may follow behind what is unknown.
                self._path = self._path or before[:1]
                return True
            self._path.pop()
        self._path = before
        return False

    def _take(self, opened: _OpenNodeError, line: str, text: str, indent: int, *, is_innermost: bool) -> bool:
        """Whether `line` belongs to this error."""
        if opened.in_braces:
            return self._take_property(opened, text, indent, is_innermost=is_innermost)
        tail = " {" if text.endswith(" {") else "," if text.endswith(",") else ""
        bare = text.removesuffix(tail)
        call = _call(bare)
        matching = _MATCHING.fullmatch(bare) if call is None else None
        if call is not None or matching is not None:
            if not opened.raised.calls:
                self._take_calls_of_message(opened)
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
            call = calls.weak_v8_call(text)
            if call is not None:
                opened.raised.calls.append(call)
                opened.texts.append(text)
                return True
        return self._take_cause(opened, text)

    def _take_calls_of_message(self, opened: _OpenNodeError) -> None:
        """Take lines above the first certain call out of the message, if they are calls or resemble them."""
        message = opened.raised.message
        said = range(opened.in_heading, len(message))
        resembling = [n for n in said if message[n][:1].isspace() and message[n].lstrip().startswith("at ")]
        begin = next((n for n in resembling if calls.weak_v8_call(message[n].strip()) is not None), None)
        if begin is None:
            begin = len(message)
            while begin - 1 in resembling:
                begin -= 1
        for line in message[begin:]:
            call = calls.weak_v8_call(line.strip())
            if call is None:
                self.unread += bool(line.strip())
            else:
                opened.raised.calls.append(call)
                opened.texts.append(line.strip())
        del message[begin:]

    def _take_cause(self, opened: _OpenNodeError, text: str) -> bool:
        match = CAUSED_BY.match(text)
        if match is None or opened.raised.cause is not None:
            return False
        opened.raised.cause = self._open(text[match.end() :], opened.indent)
        if opened.raised.cause is None:
            return False
        self._path.remove(opened)
        return True

    def _take_property(self, opened: _OpenNodeError, text: str, indent: int, *, is_innermost: bool) -> bool:
        """Whether the line belongs to the braces of this error.

        While an error inside of it is being read, only what surely does: other lines are of that one.
        """
        if opened.list_indent is not None:
            return self._take_member(opened, opened.list_indent, text, indent) or (
                is_innermost and indent > opened.list_indent
            )
        if indent <= opened.indent and self._closes:
            opened.in_braces = False
            self._path.pop()
            return True
        if not is_innermost and (indent != opened.indent + 2 or _PROPERTY.match(text) is None):
            return False
        if text.startswith("[errors]: ["):
            opened.list_indent = indent
        elif text.startswith("[cause]: "):
            cause = self._open(text[9:], indent)
            if cause is not None:
                opened.raised.cause = cause
        return not text or indent > opened.indent

    def _take_member(self, opened: _OpenNodeError, list_indent: int, text: str, indent: int) -> bool:
        if indent <= list_indent and self._closes:
            opened.list_indent = None
            return True
        member = None
        if indent == list_indent + 2 and not text.startswith("at "):
            member = self._open(text, indent)
        if member is not None:
            opened.raised.members.append(member)
        return member is not None

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


def _is_end(lines: Sequence[str], number: int) -> bool:
    """Whether nothing deeper follows the closing bracket in line `number`, as what it closes would."""
    line = lines[number]
    following = next((lines[n] for n in range(number + 1, len(lines)) if lines[n].strip()), "")
    return len(following) - len(following.lstrip()) <= len(line) - len(line.lstrip())


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
