"""What Rails writes around the backtraces in its log.

    ActionView::Template::Error (undefined method 'total' for nil):
    Caused by: NoMethodError (undefined method 'total' for nil)

    Information for: ActionView::Template::Error (undefined method 'total' for nil):
        1: <h1>Cart</h1>
        2: <%= @cart.total %>

    app/views/carts/show.html.erb:2
    actionview (8.0.1) lib/action_view/base.rb:284:in 'ActionView::Base#_run'

Causes follow in the same form ("Information for cause: …"). Loggers write tags before each line.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.frames import LONGEST_LINE

_CONSTANT = r"[A-Z]\w{0,100}(?:::[A-Z]\w{0,100}){0,20}"
_CAUSED = re.compile(rf"Caused by: (?P<type>{_CONSTANT}) \((?P<value>.*)\)\s*", re.DOTALL)
_INFORMATION = re.compile(rf"Information for(?P<cause> cause)?: (?P<type>{_CONSTANT}) \((?P<value>.*)")
_SOURCE = re.compile(r"\s{0,12}(?P<line>\d{1,7}):(?: (?P<text>.*))?")
# The logger's own words, and the tags of Rails: "F, [2026-… #7] FATAL -- : [request] [user] …".
_BEGINNING = re.compile(
    r"""(?: [A-Z],\ \[[^\]\n]{1,80}\]\s{1,4}[A-Z]{3,7}\ --\ [^:\n]{0,100}:\ {1,2}
          | \d{4}-\d\d-\d\d[T\ ][^\n]{5,150}?\ (?:WARN|ERROR|FATAL|INFO|DEBUG):[ ]
        )?
        (?:\[[^\[\]\n]{1,100}\]\ ){0,8}
    """,
    re.VERBOSE,
)  # fmt: skip

Source = tuple[tuple[int, str], ...]


def beginning(line: str) -> int:
    """How many characters of `line` the logger wrote before the text."""
    match = _BEGINNING.match(line[:LONGEST_LINE])
    return match.end() if match is not None else 0


def information(line: str) -> re.Match[str] | None:
    """The heading of what follows about one exception of several: of the raised one, or of a `cause`."""
    return _INFORMATION.match(line[:LONGEST_LINE].strip()) if "Information for" in line else None


def message_and_source(lines: Sequence[str]) -> tuple[list[str], Source, list[tuple[str, str]]]:
    """Take apart the lines between a heading and its calls: its message's, source lines, and the causes."""
    message: list[str] = []
    source: list[tuple[int, str]] = []
    causes: list[tuple[str, str]] = []
    is_message = True
    for line in lines:
        text = line[beginning(line) :] if line[:1] == "[" else line
        cause = _CAUSED.fullmatch(text.strip()) if text.lstrip().startswith("Caused by: ") else None
        number = _SOURCE.fullmatch(text) if len(text) <= LONGEST_LINE and text[:1] == " " else None
        if cause is not None:
            causes.append((cause["type"], cause["value"]))
        elif number is not None:
            source.append((int(number["line"]), number["text"] or ""))
        is_message = is_message and cause is None and number is None and information(text) is None
        if is_message:
            message.append(line)
    return message, tuple(source), causes
