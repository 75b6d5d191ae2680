"""Removes from messages what differs between two occurrences of one bug.

Numbers, ids, dates, addresses, e-mails, URLs, paths and quoted values are each replaced by the name of
their kind. Quoted names of code stay: `no attribute 'total'` and `no attribute 'price'` are two bugs.
"""

import re
from functools import lru_cache

from app.digest.grouping import browsers
from app.digest.grouping.numbers import without_numbers

_LONGEST = 1_000

# By a substring of the text. Order matters: a URL contains a path, and a path may be quoted.
_BY_SIGN = (
    # What is imported is a name, though it looks like a path.
    *(
        (word, re.compile(rf"\b({word} ['\"])(?:[\w.@-]*/)+([\w.@-]+)(?=['\"])"), r"\1\2")
        for word in ("module", "resolve")
    ),
    ("://", re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,15}://[^\s'\"<>)\]}]+"), "<url>"),
    ("data:", re.compile(r"\bdata:[\w/+.-]{1,60}[;,][^\s'\"]*"), "<url>"),
    ("@", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"), "<email>"),
    ("#", re.compile(r"#([A-Z][\w.]*)<[^>\n]*>"), r"#\1<>"),
    ("#<", re.compile(r"#<(\w[\w:]*)[^>\n]*>"), r"#<\1>"),
    (
        "\\",
        re.compile(r"(?<![\w\\])(?:[A-Za-z]:\\|\\\\)[\w.+~ $-]*[\w.+~$-](?:\\[\w.+~ $-]*[\w.+~$-])*"),
        "<path>",
    ),
    ("/", re.compile(r"(?<![\w/.~<])(?:~|\.{1,2})?(?:/[\w.+~@%=:-]+)+/?(?:\?[^\s'\"]*)?"), "<path>"),
    *(
        (sign, re.compile(r"(?i)\b(insert into [^\n]{1,300}?\bvalues) ?\([^()\n]*\)"), r"\1 (<text>)")
        for sign in ("values", "VALUES")
    ),
    (")=(", re.compile(r"\)=\([^)\n]*\)"), ")=(<text>)"),
)
_REPLACED = (*browsers.WORDS, *_BY_SIGN)
_HOST = re.compile(
    r"\b(?P<word>host(?:name)?|server|ENOTFOUND|EAI_AGAIN)(?P<between>\s?[=:]\s?|\s)[\w-]+(?:\.[\w-]+)+(?::\d+)?",
    re.IGNORECASE,
)
_WITH_PORT = re.compile(r"\b(?:localhost|[\w-]+(?:\.[\w-]+)+):\d{1,5}\b")
_VALUE = re.compile(
    r"\b(?P<name>user(?:_?(?:name|id))?|login|account|customer|tenant|host|server|path|dir|file|session|token|id|key)"
    r"=(?!['\"<(])[^\s,;)\]}]+",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"""(?P<before>(?:\b[\w-]{1,30}\s?[:=(]?\s?)?)
        (?: (?<!\w)'(?P<one>[^'\n]*)'(?!\w) | (?<!\w)"(?P<two>[^"\n]*)"(?!\w)
          | `(?P<three>[^`'\n]*)['`] | [“«](?P<four>[^”»\n]*)[”»] | ‘(?P<five>[^’\n]*)’ )""",
    re.VERBOSE,
)
_MARKS = re.compile(r"['\"`“«‘]")
# What is quoted after one of these words is a name in the program, not a value of this occurrence.
_NAMED = frozenset(
    "attribute attributes property properties reading setting key field column table relation module package "
    "function method member class type parameter param argument arg variable name named keyword constant "
    "symbol index directive option flag command constructor identifier token import of constraint evaluating "
    "undefined because resolve from view template route event extension".split()
)
# "for +: 'int' and 'str'", "'str' object is not callable": types are names anywhere.
_TYPES = frozenset(
    "NoneType str int float bool bytes list dict tuple set object complex function method type".split()
)
_OF_A_TYPE = re.compile(r" objects?\b")
_NAME = re.compile(r"[A-Za-z_$@][\w$]*(?:(?:\.|::|#|->|-|\\)[A-Za-z_$][\w$]*)*[?!]?(?:\(\))?")
_LIST = re.compile(r"(<\w+>)(?:\s?(?:,|\||and|;)\s?\1)+")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def normalise(message: str) -> str:
    """`message`, its first 1,000 characters, without what varies."""
    text = message[:_LONGEST]
    for sign, pattern, word in _REPLACED:
        if sign in text:
            text = pattern.sub(word, text)
    if "=" in text:
        text = _VALUE.sub(r"\g<name>=<text>", text)
    text = _HOST.sub(r"\g<word>\g<between><address>", text)
    if ":" in text:
        text = _WITH_PORT.sub("<address>", text)
    if _MARKS.search(text):
        text = _QUOTED.sub(_quoted, text)
    return _SPACE.sub(" ", _LIST.sub(r"\1", without_numbers(text))).strip()


def _quoted(match: re.Match[str]) -> str:
    value = next((part for part in match.group("one", "two", "three", "four", "five") if part), "")
    before = match["before"]
    if value.startswith("<") and value.endswith(">"):
        return f"{before}<text>"
    word = before.strip(" :=(").lower()
    alone = match.start() == 0 and match.end() == len(match.string)
    named = alone or word in _NAMED or value in _TYPES or value.endswith("()")
    is_name = (named or _OF_A_TYPE.match(match.string, match.end())) and _NAME.fullmatch(value) is not None
    return f"{before}'{value}'" if is_name else f"{before}<text>"
