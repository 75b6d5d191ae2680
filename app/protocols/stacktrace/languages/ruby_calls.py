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

_PLACE = r"""
    (?:(?P<gem>[\w.-]{1,100})\ \((?P<version>\d[^()\s]{0,60})\)\ )?
    (?P<path>(?:(?:[a-z]{2,12}:){1,3}|[A-Za-z]:)?(?:[/\\]|\.{1,2}/)[^:\n]+ | <internal:[^>\s]+>(?:\ [^\s:]+)?
        | \([a-z][^()\n]*\) | <[a-z]\w*> | [^\s:'"`(){}<>,;]+)
    :(?P<line>\d{1,9})
"""
_CALL = re.compile(
    rf"""(?:\#\ )?(?P<order>(?:\d{{1,6}}:\ )?from\ )?
        {_PLACE}
        :in\ [`'](?P<label>[^'\n]*)'
        (?::\ (?P<message>.*))?
    """,
    re.VERBOSE | re.DOTALL,
)
_WITHOUT_LABEL = re.compile(
    rf"(?P<order>(?:\d{{1,6}}:\ )?from\ )?{_PLACE}(?P<label>)(?P<message>)", re.VERBOSE
)
# Before Ruby 1.9, and where a file cannot be read: no function.
_TOP = re.compile(rf"{_PLACE}(?P<label>):\ (?P<message>.*)", re.VERBOSE | re.DOTALL)
_OF_JRUBY = re.compile(
    r"""\s{1,200}(?P<label>\S(?:.{0,200}\S)?)\ at[ ]
        (?P<path>\S+\.(?:rb|java|erb|rake)|\S*\(eval\)|-e):(?P<line>\d{1,9})\s*
    """,
    re.VERBOSE,
)
_METHOD = re.compile(r"(?P<module>[A-Z][\w:]*)#(?P<function>.+)")


def call(line: str) -> re.Match[str] | None:
    """A line with a call and the name of its function, or one that begins with `from`."""
    if len(line) > LONGEST_LINE and ":in " not in line[:LONGEST_LINE]:
        return None
    text = line.strip()
    if ":in " in text:
        return _CALL.fullmatch(text) or _CALL.fullmatch(text, rails_log.beginning(text))
    return _WITHOUT_LABEL.fullmatch(text) if "from " in text[:14] else None


def place(line: str) -> re.Match[str] | None:
    """A line of a backtrace that has nothing but a file and a line."""
    text = line.strip()
    if len(text) > LONGEST_LINE or not text[-1:].isdigit():
        return None
    match = _WITHOUT_LABEL.fullmatch(text, rails_log.beginning(text))
    return match if match is not None and ("/" in match["path"] or "." in match["path"]) else None


def top(line: str) -> re.Match[str] | None:
    """The first line of a trace whose place has no function."""
    return _TOP.fullmatch(line.strip()) if len(line) <= LONGEST_LINE and ": " in line else None


def of_jruby(line: str) -> re.Match[str] | None:
    """A line as JRuby prints them: the function first, and all of them aligned."""
    return _OF_JRUBY.fullmatch(line) if len(line) <= LONGEST_LINE else None


def frame_of(call: re.Match[str]) -> Frame:
    """The frame of a match of one of these."""
    label, path = call["label"], call["path"]
    method = _METHOD.fullmatch(label)
    parts = call.groupdict()
    if parts.get("gem"):
        path = f"gems/{parts['gem']}-{parts['version']}/{path}"  # where it is on disk
    return frame(
        "ruby",
        path,
        int(call["line"]),
        module=method["module"] if method is not None else None,
        function=(method["function"] if method is not None else label) or None,
    )
