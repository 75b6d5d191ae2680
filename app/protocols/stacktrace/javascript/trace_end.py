"""What a line of a JavaScript stack is when it is no call: a separator, or the beginning of something else.

Any other line is skipped: what a library or terminal wrote between the calls hides none of those behind it.
"""

import re

from app.protocols.stacktrace.frames import LONGEST_LINE

CERTAIN_HEADING = re.compile(
    r"""(?<![\w.$:/\\-])
        (?P<lead>(?:error:\ )?(?:Uncaught\ |Unhandled\ )(?:\(in\ promise\)\ |promise\ rejection:?\ )?
          | <ref\ \*\d+>\ )?
        (?P<open>\[)?
        (?P<heading>
            [A-Za-z_$][\w$.]{0,200}?(?:Error|Exception|Rejection|Warning)(?:\ \[\w+\])?(?=:\s|:?$|\]|,|\ \{$)
          | (?:Error|Exception|Invariant\ Violation|Trace)(?:\ \[\w+\])?(?=:\s|:?$|\])
        )
        (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Matches from an error's heading to the end of its line, wherever in the line it begins."""

# Between calls: what libraries for long stacks write there, and what Node and Bun write behind the last.
_SEPARATOR = re.compile(
    r"""
      From\ previous\ event: | Thrown\ at: | -{3,}.* | ={3,}.* | _{3,} | \.{3}
    | \(?[Aa]sync(?::\ [\w\ .]{1,60})?\)? | [*-]?\s?async\ -*
    | (?:JavaScript\ )?(?:[Ss]tack(?:\ ?[Tt]race)?|[Cc]all\ stack|[Bb]acktrace):
    | (?:Node\.js|Bun|Deno)\ v\d\S*(?:\ \(.*\))? | \.\.\.\ \d{1,6}\ (?:more|lines\ matching).* | \^+
    | >?\s*(?:\d{1,6}\ ?)?\|.*  # a bundler's frame of source lines
    | ⎯{3,}.*
    | \(Use\ `\S+\ --trace-\S+\ \.\.\.`\ to\ show\ where\ the\ \w+\ was\ (?:thrown|created)\)
    """,
    re.VERBOSE,
)
_LOGGED = re.compile(
    r"""\s*(?:
        [\[(]?\d{4}[-/]\d\d[-/]\d\d[\ T] | [\[(]?\d\d[:.]\d\d[:.]\d\d\b | <\d{1,3}>\d?
      | \[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE|FATAL|CRITICAL|NOTICE)\b
    )""",
    re.VERBOSE,
)
# Bun calls a plain Error so.
PLAIN_ERROR = "error: "
_COMPONENTS = re.compile(
    r"(?:The above error occurred in |(?:Component|Owner) [Ss]tack:|React will try to recreate )"
)


def is_separator(text: str) -> bool:
    """Whether `text`, a line without the blanks around it, only parts calls from others."""
    return len(text) <= LONGEST_LINE and _SEPARATOR.fullmatch(text) is not None


def begins_other(line: str) -> bool:
    """Whether something else begins with `line`, to which calls behind it belong.

    That is another error, also behind what a logger writes before it (others came in between, from another
    thread), or React's list of components.
    """
    text = line.strip()[: 2 * LONGEST_LINE]
    return (
        CERTAIN_HEADING.match(text) is not None
        or (_LOGGED.match(text) is not None and CERTAIN_HEADING.search(text) is not None)
        or text.startswith(PLAIN_ERROR)
        or _COMPONENTS.match(text) is not None
    )
