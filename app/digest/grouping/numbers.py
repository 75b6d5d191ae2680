"""Replaces numbers in texts, and what consists of digits: ids, hashes, dates, times, addresses."""

import re

_DIGIT = re.compile(r"\d")
_MADE_OF_DIGITS = re.compile(
    r"""
    # Only a date begins in a word without digits: this is checked before all else is tried.
    (?=[^\s\d]{0,64}\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))
    (?: (?P<id>
          \b[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\b
          # A JSON web token, and what a cluster calls its pods: "web-7d9f8b6c5d-x2k4q".
        | \beyJ[\w-]{5,}(?:\.[\w-]+){1,2}
        | \b(?:[A-Za-z]{1,10}[_-])?(?=[a-z]*\d)[b-df-hj-np-tv-xz2-9]{8,10}-[b-df-hj-np-tv-xz2-9]{5}\b
          # "ord_8f3a2b", "ORD-2024-0001": a readable kind, which stays, and an unreadable rest.
        | \b(?P<word>(?:[a-z]{2,10}|[A-Z][a-z]{1,9}|[A-Z]{2,10})[_-])
          (?=[A-Za-z]*\d)(?:\d+|[A-Za-z0-9]{4,})(?:-\d+)*\b
        | \b[A-Za-z]{1,10}[_-](?=[A-Za-z]*\d)(?!\d+\b)[A-Za-z0-9]{4,}(?:-\d+)*\b
          # "7Fh2Kq": letters between digits; and whatever is long and has both.
        | \b(?=[A-Za-z]*\d+[A-Za-z]+\d)[A-Za-z0-9]{5,}\b
        | \b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{20,}\b)
    | (?P<date>
          \b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}
          (?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?(?!\w)
        | \b\d{1,2}(?P<sep>[./])\d{1,2}(?P=sep)\d{4}\b | \b\d{1,2}/\d{1,2}/\d{2}\b
        | \b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w{0,6},?\s)?(?:\d{1,2}\s)?
          (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s{1,2}\d{1,4}(?:,?\s\d{4})?
          (?:\s\d\d:\d\d(?::\d\d)?)?(?:\s(?:Z|UTC|GMT))?(?:\s?[+-]\d{4})?(?:\s\d{4})?\b)
    | (?P<time>\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?[ap]m)?\b)
    | (?P<address>\[(?=[\da-fA-F:]*(?:::|(?::[\da-fA-F]+){4}))[0-9a-fA-F:.]+\](?::\d{1,5})?
        | \b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|/\d{1,2})?\b
        # IPv6, which has a digit somewhere: "Abc::Bad" is a name.
        | (?<![\w:])(?=[a-fA-F:]*\d)(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\w:])
        | (?<![\w:])(?=[a-fA-F:]*\d)(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){0,6})?::
          (?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){0,6})?(?![\w:])
        | (?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,6}[0-9a-fA-F]{1,4}(?![\w:]))
    | (?P<number>\b0[xX][0-9a-fA-F]+\b
        | \b(?=[a-fA-F]*\d)(?=\d*[a-fA-F])[0-9a-fA-F]{6,}\b
        | (?:(?<![\w)\]])[-+])?(?<![A-Za-z])\d+(?:[.,_]\d+)*(?:[eE][-+]?\d+)?
          (?:\s?(?:%|[kKMGT]i?[Bb]|bytes?|B|[mµun]?s|secs?|seconds?|min(?:utes?)?|h|hours?|days?|st|nd|rd|th)(?!\w))?
        | \d+))
    """,
    re.VERBOSE,
)


def without_numbers(text: str) -> str:
    """`text` with each of them replaced by the name of its kind."""
    return _MADE_OF_DIGITS.sub(_kind, text) if _DIGIT.search(text) else text


def _kind(match: re.Match[str]) -> str:
    kind = match.lastgroup
    # Whether an id is all digits or has a letter among them is chance.
    return f"{match['word'] or ''}<number>" if kind == "id" else f"<{kind}>"
