"""Ruby's `detailed_message` without its details: the class again, the line of code, suggestions.

Since Ruby 3.4 clients send it in place of the message. What the code around the fault looks like, and which
names are near, differs from place to place and from release to release of the app.
"""

import re

from app.model import ExceptionInfo

_SIGNS = ("^", "Did you mean?")
# A line of code, and the carets below it; an empty line before them.
_SNIPPET = re.compile(r"\n(?:[ \t]*\n)?[^\n]{1,500}\n[ \t]*\^{1,500}[ \t]*(?=\n|\Z)")
_SUGGESTION = re.compile(r"\n[ \t]*Did you mean\?[ \t]+[^\n]*(?:\n[ \t]{10,}[^\n]+)*")


def message(raised: ExceptionInfo) -> str:
    """What the exception says, as far as it may count."""
    found = raised.value or ""
    if any(sign in found for sign in _SIGNS):
        found = _SUGGESTION.sub("", _SNIPPET.sub("", found))
    if raised.type:
        line, newline, rest = found.partition("\n")
        found = line.removesuffix(f" ({raised.type})") + newline + rest
    return found
