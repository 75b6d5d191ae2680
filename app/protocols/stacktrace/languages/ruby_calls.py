"""One line of a Ruby backtrace: a call, in each spelling.

cart.rb:5:in 'block in Object#pay'                  from cart.rb:5:in `pay'
cart.rb:5                                           cart.rb:5:in `': no card     (no function)
<internal:core> core/integer.rb:157:in 'times'      block in pay at cart.rb:5    (TruffleRuby, JRuby)
actionpack (8.0.1) lib/action_dispatch/middleware/debug_exceptions.rb:31:in `call'             (Rails)
"""

import re

from app.model import Frame
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.languages import rails_log

_ENDS = frozenset("0123456789)")
_PLACE = r"""
    (?:(?P<gem>[\w.-]{1,100})\ \((?P<version>\d[^()\s]{0,60})\)\ )?
    (?P<path>(?:(?:[a-z]{2,12}:){1,3}|[A-Za-z]:)?(?:[/\\]|\.{1,2}/)[^:\n]+ | <internal:[^>\s]+>(?:\ [^\s:]+)?
        | \([a-z][^()\n]*\) | <[a-z]\w*> | [^\s:'"`(){}<>,;]+)
"""
_LINE = r":(?P<line>\d{1,9})"
_CALL = re.compile(
    rf"""(?:\#\ )?(?P<order>(?:\d{{1,6}}:\ )?from\ )?
        {_PLACE}(?:{_LINE})?
        :in\ [`'](?P<label>[^'\n]*)['`]
        (?::\ (?P<message>.*))?
    """,
    re.VERBOSE | re.DOTALL,
)
# C's extensions write a function without quotes.
_WITHOUT_LABEL = re.compile(
    rf"""(?P<order>(?:\d{{1,6}}:\ )?from\ )?
        {_PLACE}{_LINE}(?::in\ (?P<label>[\w.]{{1,200}}))?(?P<message>(?!))?
    """,
    re.VERBOSE,
)
# Before Ruby 1.9, and where a file cannot be read: no function.
_TOP = re.compile(rf"{_PLACE}{_LINE}(?P<label>):\ (?P<message>.*)", re.VERBOSE | re.DOTALL)
_OF_JRUBY = re.compile(
    r"""\s{1,200}(?P<label>\S(?:.{0,200}\S)?)\ at[ ]
        (?P<path>\S+\.(?:rb|java|erb|rake)|\S*\(eval\)|-e):(?P<line>\d{1,9})\s*
    """,
    re.VERBOSE,
)
# Java's calls as JRuby's exceptions have them, and the lines of programs that Ruby has called: JavaScript by
# ExecJS, and Oracle's.
_OF_JAVA = re.compile(
    r"""(?P<label>(?!at\ )[^\s()][^()]{0,300})
        \((?P<path>[^()\n]{1,500}?\.(?:rb|java|gen|erb|rake)|(?:uri:classloader:)?/[^()\s:]{1,500})
        (?::(?P<line>\d{1,9}))?\)
    """,
    re.VERBOSE,
)
_SURELY_JRUBY = re.compile(r".*\.rb\)?:\d|org\.jruby\.|[^(]*\(\w+/\S*\.java:")
_OF_JAVASCRIPT = re.compile(
    r"""(?:(?P<label>\S[^\n]{0,300}?)\ \(|(?P<bare>))(?P<path>\(execjs\)|<anonymous>|[\w./-]{1,300}\.js)
        :(?P<line>\d{1,9}):(?P<column>\d{1,9})(?(bare)|\))
    """,
    re.VERBOSE,
)
_OF_ORACLE = re.compile(r"(?P<path>ORA)-\d{5}: at (?:\"(?P<label>[^\"\n]{1,300})\", )?line (?P<line>\d{1,9})")
_METHOD = re.compile(r"(?P<module>[A-Z][\w:]*)#(?P<function>.+)")


def call(line: str) -> re.Match[str] | None:
    """A line with a call and the name of its function, or one that begins with `from`."""
    if len(line) > LONGEST_LINE and ":in " not in line[:LONGEST_LINE]:
        return None
    text = line.strip()
    if ":in " in text:
        match = _CALL.fullmatch(text) or _CALL.fullmatch(text, rails_log.beginning(text))
        if match is not None:
            return match if match["line"] or "/" in match["path"] else None
    return _WITHOUT_LABEL.fullmatch(text) if "from " in text[:14] else None


def place(line: str) -> re.Match[str] | None:
    """Another line of a backtrace: a file and a line alone, or the call of another language."""
    text = line.strip()
    if len(text) > LONGEST_LINE or not text or text[-1] not in _ENDS:
        return None
    match = _WITHOUT_LABEL.fullmatch(text, rails_log.beginning(text))
    if match is not None:
        return match if "/" in match["path"] or "." in match["path"] else None
    return of_java(text) or _OF_JAVASCRIPT.fullmatch(text) or _OF_ORACLE.fullmatch(text)


def of_java(text: str) -> re.Match[str] | None:
    """A call of Java's, as an exception of JRuby has it: without `at`, and with whole paths."""
    return _OF_JAVA.fullmatch(text) if text.endswith(")") else None


def is_jruby(line: str) -> bool:
    """Whether a line is certainly of JRuby, although it has no call as Ruby writes them."""
    text = line.strip()
    return len(text) <= LONGEST_LINE and of_java(text) is not None and _SURELY_JRUBY.match(text) is not None


def top(line: str) -> re.Match[str] | None:
    """The first line of a trace whose place has no function."""
    return _TOP.fullmatch(line.strip()) if len(line) <= LONGEST_LINE and ": " in line else None


def of_jruby(line: str) -> re.Match[str] | None:
    """A line as JRuby prints them: the function first, and all of them aligned."""
    return _OF_JRUBY.fullmatch(line) if len(line) <= LONGEST_LINE else None


def frame_of(call: re.Match[str]) -> Frame:
    """The frame of a match of one of these."""
    parts = call.groupdict()
    label, path = call["label"] or "", call["path"]
    method = _METHOD.fullmatch(label)
    if parts.get("gem"):
        path = f"gems/{parts['gem']}-{parts['version']}/{path}"  # where it is on disk
    return frame(
        "ruby",
        None if path == "ORA" else path,
        int(call["line"]) if call["line"] else None,
        int(parts["column"]) if parts.get("column") else None,
        module=method["module"] if method is not None else None,
        function=(method["function"] if method is not None else label) or None,
    )
