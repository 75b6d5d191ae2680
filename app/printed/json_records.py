"""Which lines of JSON that a program logs may tell of an error; the digest reads what they say.

A look at the text: most lines of a log say "info", and none of them is parsed here.
"""

import re

# Words and numbers of loggers: Python's 40 and 50, pino's and bunyan's 50 and 60.
LEVEL = re.compile(
    r""""(?:level|lvl|severity|log\.level|loglevel|levelname|@l|s)"\s*:\s*
        (?:"(?:err(?:or)?|fatal|crit(?:ical)?|panic|emerg(?:ency)?|alert|severe)"|[456]0\b)""",
    re.VERBOSE | re.IGNORECASE,
)
STACK = re.compile(
    r"""\\n\s*(?:at\ |File\ \\"|from\ |\#\d) | Traceback\ \(most\ recent | goroutine\ \d+\ \[
      | "(?:stack(?:_?trace)?|exc_info)"\s*:\s*"[^\s"]""",
    re.VERBOSE,
)
_LONGEST = 1 << 20
# Erlang prints tuples in braces, too.
_FIRST_NAME = re.compile(r'\{\s{0,9}"[^"\\]{0,200}"\s{0,9}:')


def may_be_error(line: str) -> bool:
    """Whether `line` is a JSON object that names an error's level, or has a stack trace in it."""
    return (
        is_record(line)
        and len(line) <= _LONGEST
        and (LEVEL.search(line) is not None or STACK.search(line) is not None)
    )


def is_record(line: str) -> bool:
    """Whether `line` is a JSON object, as loggers write them: one a line."""
    return line[-1:] == "}" and _FIRST_NAME.match(line) is not None
