"""Messages without what differs between two occurrences of one bug.

Numbers, ids, dates, addresses, e-mails, URLs, paths and quoted values go, each leaving a word that says what
stood there. Quoted names of code stay: `no attribute 'total'` and `no attribute 'price'` are two bugs.
"""

import re
from functools import lru_cache

_LONGEST = 1_000

# By the character that betrays it. Order matters: a URL holds a path, a path may stand in quotes.
_BY_SIGN = (
    ("://", re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,15}://[^\s'\"<>)\]}]+"), "<url>"),
    ("data:", re.compile(r"\bdata:[\w/+.-]{1,60}[;,][^\s'\"]*"), "<url>"),
    ("@", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"), "<email>"),
    ("\\", re.compile(r"(?<![\w\\])(?:[A-Za-z]:)?(?:\\[\w.+~ -]*[\w.+~-])+"), "<path>"),
    ("/", re.compile(r"(?<![\w/.~<])(?:~|\.{1,2})?(?:/[\w.+~@%=:-]+)+/?(?:\?[^\s'\"]*)?"), "<path>"),
)
_QUOTED = re.compile(
    r"""(?P<before>(?:\b[\w-]{1,30}\s{0,2}[:=(]?\s{0,2})?)(?:(?<!\w)'(?P<one>[^'\n]*)'(?!\w)
      | (?<!\w)"(?P<two>[^"\n]*)"(?!\w) | `(?P<three>[^`\n]*)` | [“«](?P<four>[^”»\n]*)[”»])""",
    re.VERBOSE,
)
# What is quoted behind one of these words is a name of the program's, not a value of the moment.
_NAMED = frozenset(
    "attribute property properties reading setting key field column table relation module package function "
    "method member class type parameter param argument arg variable name named keyword constant symbol index "
    "directive option flag command constructor identifier token import of".split()
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:[.:#-]{1,2}[A-Za-z_$][\w$]*)*(?:\(\))?")
_WITH_DIGITS = re.compile(
    r"""
      (?P<id>\b[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\b)
    | (?P<date>
        \b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?(?!\w)
      | \b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b
      | \b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w{0,6},?\s)?(?:\d{1,2}\s)?
        (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,4}(?:,?\s\d{4})?
        (?:\s\d\d:\d\d(?::\d\d)?)?(?:\s(?:Z|UTC|GMT))?(?:\s?[+-]\d{4})?\b)
    | (?P<time>\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?[ap]m)?\b)
    | (?P<address>\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|/\d{1,2})?\b
      | (?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,7}(?::?[0-9a-fA-F]{1,4})+(?![\w:]) | (?<![\w:])::1\b)
    | (?P<number>\b0[xX][0-9a-fA-F]+\b
      | \b(?=[a-fA-F]*\d)[0-9a-fA-F]{7,}\b
      | \b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9_-]{20,}\b
      | [-+]?(?<![A-Za-z])\d+(?:[.,_]\d+)*(?:[eE][-+]?\d+)?(?:\s?(?:%|[kKMGT]i?B|bytes|B|[mµun]?s|min|h)\b)?
      | \d+)
    """,
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")
_LIST = re.compile(r"(<\w+>)(?:\s*(?:,|\||and|;)\s*\1)+")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def normalise(message: str) -> str:
    """`message`, its first 1,000 characters, without what varies."""
    text = message[:_LONGEST]
    for sign, pattern, word in _BY_SIGN:
        if sign in text:
            text = pattern.sub(word, text)
    text = _QUOTED.sub(_quoted, text)
    if _DIGIT.search(text):
        text = _WITH_DIGITS.sub(_kind, text)
    return _SPACE.sub(" ", _LIST.sub(r"\1", text)).strip()


def _kind(match: re.Match[str]) -> str:
    return f"<{match.lastgroup}>"


def _quoted(match: re.Match[str]) -> str:
    value = next(filter(None, match.group("one", "two", "three", "four")), "")
    before = match["before"]
    word = before.strip(" :=(").lower()
    alone = match.start() == 0 and match.end() == len(match.string)
    is_name = (alone or word in _NAMED or value.endswith("()")) and _NAME.fullmatch(value) is not None
    return f"{before}'{value}'" if is_name or value.startswith("<") else f"{before}<text>"
