"""Finds secrets in text by their form: `password=…`, `://user:word@host`, bearer tokens, private keys.

Every text that is shown to the user or sent to a channel has been through `hide`. It searches for a few
substrings first (the signs), of which most texts contain none (a microsecond for a title), and runs a regular
expression only at those. Each expression is bounded, so that the time depends on a text's length alone. A
value behind a name (`password: must be longer`) is hidden only if it resembles a secret, so that ordinary
sentences stay.
"""

import re
from collections.abc import Callable, Mapping

FILTERED = "[Filtered]"
# Where the secret begins and ends; None where there is none.
_Place = tuple[int, int] | None
# Given the text and where a sign begins and ends in it.
_Matcher = Callable[[str, int, int], _Place]

_STRONG = ("pass", "pwd")
_WEAK = ("secret", "credential", "token", "authorization", "sess", "sig", "key")
_REST = {
    "pass": re.compile(r"(?:w(?:or)?ds?|phrase|(?<![a-z]pass)(?==))", re.IGNORECASE),
    "credential": re.compile("s?", re.IGNORECASE),
    "sess": re.compile(r"(?:ion)?[_-]?id", re.IGNORECASE),
    "sig": re.compile(r"(?:nature|(?<![a-z]sig)(?==))", re.IGNORECASE),
}
_NOTHING = re.compile("")
_KINDS_OF_KEY = (
    "access", "api", "private", "secret", "signing", "encryption", "auth", "license", "account", "master",
    "session",
)  # fmt: skip
_LONGEST_KIND = 12
_MID = re.compile(
    r"(?P<closed>\\{0,3}['\"]\]?)?[ \t]{0,3}(?:=>|:=|(?P<colon>:)|=)(?![=/])(?P<blank>[ \t]{0,3})"
)
_VALUE = re.compile(
    r"""
      (?P<escaped>\\{1,3}['"])(?P<in_escaped>[^'"\\\n]{1,2000})
    | "(?P<in_double>(?:[^"\\\n]|\\.){1,2000})
    | '(?P<in_single>(?:[^'\\\n]|\\.){1,2000})
    | (?P<scheme>(?:Bearer|Basic|Token|Digest|ApiKey)[ ]{1,3})?(?P<bare>[^\s'",;&)}\]\\<>]{1,2000})
    """,
    re.VERBOSE | re.IGNORECASE,
)
# `<api-key>…`, and `<var key="password">…`.
_ELEMENT_BEFORE = re.compile(r"(?:<[\w:.-]{0,40}|\skey=[\"'][\w:.-]{0,40})\Z")
_ELEMENT = re.compile(r"[\"']?>(?P<value>[^<]{1,500})")
_FLAG_BEFORE = re.compile(r"--(?:\w{1,20}-)?\Z")
_FLAG = re.compile(r"[ \t]{1,3}(?P<value>(?![-\s])\S{1,500})")
_USERINFO = re.compile(
    r"""://(?:[^/\s:@'"]{0,100}:(?!\d{1,5}(?:[/?\#\s'"]|$))(?P<value>[^\s'"<>@]{1,128}(?:@[^\s'"<>@/]{1,64}){0,2})
        |(?P<user>[\w.~-]{20,200}))(?=@)""",
    re.VERBOSE,
)
_COOKIE = re.compile(r"cookie['\"]?:[ \t]{0,3}['\"]?(?P<value>[^\n\r'\"]{1,4000})", re.IGNORECASE)
_SCHEME = re.compile(r"(?:bearer|basic)[ ]{1,3}(?P<value>[\w+/.~=-]{8,2000})", re.IGNORECASE)
_PEM = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?P<value>(?:[\w+/=\\:,.\s]|-(?!-)){1,20000})", re.IGNORECASE
)
_TOKEN = re.compile(
    r"""
      eyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{0,2000})?
    | (?:AKIA|ASIA)[A-Z0-9]{16}\b
    | gh[opsu]_[A-Za-z0-9]{20,255} | github_pat_\w{20,255} | xox[abeoprs]-[\w-]{10,255}
    | [sr]k_(?:live|test)_\w{10,255} | sk-[\w-]{20,255} | glpat-[\w-]{16,255}
    | AIza[\w-]{30,255} | npm_\w{30,255}
    """,
    re.VERBOSE,
)
# Words that follow `password:` in sentences about passwords.
_PROSE = frozenset(
    "a an and are at bad be can cannot can't contains could did does empty error expected expired failed "
    "field for got has have in incorrect invalid is it length may min minimum mismatch missing must needs no "
    "none not null of on or please required requires reset should string the this to too try undefined "
    "unknown use value was weak will with wrong you your".split()
)
_HARMLESS = frozenset(("null", "none", "nil", "undefined", "true", "false", FILTERED[:-1].lower()))
_LONGEST_USERINFO = 500
_LONG = 20
_MIXED = re.compile(r"\d|[a-z][A-Z]|[+/_~]")


def hide(text: str) -> str:
    """`text` with ``[Filtered]`` in place of every secret that can be recognized by its form."""
    if not has_signs(text):
        return text
    lowered = _in_lower_case(text)
    return _without(text, lowered, {sign: match for sign, match in _MATCHERS.items() if sign in lowered})


def has_signs(text: str) -> bool:
    """Whether `text` may contain a secret. Cheaper than `hide`, and never False where that finds one."""
    lowered = _in_lower_case(text)
    # A plain loop over substrings: a regular expression of them all takes three times as long.
    for sign in _SUFFICIENT:
        if sign in lowered:
            return True
    # Many texts contain an address, and `KeyError` is so frequent that it is worth a rule of its own.
    if "://" in lowered and "@" in lowered and _places(text, lowered, "://", _userinfo):
        return True
    return "key" in lowered and _KEY_OTHER_THAN_ERROR.search(lowered) is not None


def _in_lower_case(text: str) -> str:
    # The only letter whose lower case is longer: positions must be the same in both texts.
    return text.replace("\u0130", "i").lower()


def hide_in_code(line: str) -> str:
    """`line` of source code without its secrets: `password = read()` contains none, a literal may be one."""
    lowered = _in_lower_case(line)
    matchers = {sign: match for sign, match in _MATCHERS_IN_CODE.items() if sign in lowered}
    return _without(line, lowered, matchers) if matchers else line


def _without(text: str, lowered: str, matchers: Mapping[str, _Matcher]) -> str:
    places = sorted({place for sign in matchers for place in _places(text, lowered, sign, matchers[sign])})
    parts: list[str] = []
    at = 0
    for begin, end in places:
        if begin >= at:
            parts += (text[at:begin], FILTERED)
        at = max(at, end)
    return "".join((*parts, text[at:])) if parts else text


def _places(text: str, lowered: str, sign: str, match: _Matcher) -> list[tuple[int, int]]:
    found, at = [], lowered.find(sign)
    while at >= 0:
        place = match(text, at, at + len(sign))
        if place is not None and text[place[0] : place[1]] != FILTERED:
            found.append(place)
        # Continue after what is hidden already.
        at = lowered.find(sign, max(at + 1, place[1] if place is not None else 0))
    return found


def _named(sign: str, *, only_literals: bool = False) -> _Matcher:
    rest, strong = _REST.get(sign, _NOTHING), sign in _STRONG

    def match(text: str, begin: int, end: int) -> _Place:
        if sign == "key" and not _is_secret_key(text, begin):
            return None
        name = rest.match(text, end)
        if name is None:
            return None
        mid = _MID.match(text, name.end())
        if mid is not None:
            return _value_of(text, mid, strong=strong, only_literals=only_literals)
        if _ELEMENT_BEFORE.search(text, max(0, begin - 50), begin):
            return _span(_ELEMENT.match(text, name.end()))
        if _FLAG_BEFORE.search(text, max(0, begin - 24), begin):
            return _span(_FLAG.match(text, name.end()))
        return None

    return match


def _is_secret_key(text: str, begin: int) -> bool:
    before = text[max(0, begin - _LONGEST_KIND) : begin].lower()
    return before.rstrip("_- ").endswith(_KINDS_OF_KEY)


def _value_of(text: str, mid: re.Match[str], *, strong: bool, only_literals: bool) -> _Place:
    found = _VALUE.match(text, mid.end())
    if found is None:
        return None
    group = next(name for name in ("in_escaped", "in_double", "in_single", "bare") if found[name] is not None)
    value = found[group]
    if value.lower() in _HARMLESS or (only_literals and group == "bare"):
        return None
    # `password: …` in a sentence; in a mapping the name is quoted, and sentences contain no `=`.
    in_prose = mid["colon"] and mid["blank"] and mid["closed"] is None and found["scheme"] is None
    if in_prose and (value.lower().rstrip(".:!?") in _PROSE or not (strong or _looks_secret(value))):
        return None
    return found.span(group)


def _credentials(text: str, begin: int, _end: int) -> _Place:
    found = _SCHEME.match(text, begin)
    return found.span("value") if found is not None and _looks_secret(found["value"]) else None


def _userinfo(text: str, begin: int, _end: int) -> _Place:
    if text.find("@", begin, begin + _LONGEST_USERINFO) < 0:
        return None
    found = _USERINFO.match(text, begin)
    return None if found is None else found.span("user" if found["value"] is None else "value")


def _token(text: str, begin: int, _end: int) -> _Place:
    inside_a_word = begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] in "_-")
    found = None if inside_a_word else _TOKEN.match(text, begin)
    return None if found is None else found.span()


def _by(pattern: re.Pattern[str]) -> _Matcher:
    return lambda text, begin, _end: _span(pattern.match(text, begin))


def _span(found: re.Match[str] | None) -> _Place:
    return None if found is None else found.span("value")


def _looks_secret(word: str) -> bool:
    return len(word) >= _LONG or (len(word) >= 4 and _MIXED.search(word) is not None)


_MATCHERS: dict[str, _Matcher] = {
    **{sign: _named(sign) for sign in _STRONG + _WEAK},
    "://": _userinfo,
    "cookie": _by(_COOKIE),
    "bearer ": _credentials,
    "basic ": _credentials,
    "-----begin ": _by(_PEM),
    **dict.fromkeys(("eyj", "akia", "asia", "gho_", "ghp_", "ghs_", "ghu_", "github_pat_", "xox"), _token),
    **dict.fromkeys(("sk_", "rk_", "sk-", "glpat-", "aiza", "npm_"), _token),
}
_MATCHERS_IN_CODE = _MATCHERS | {sign: _named(sign, only_literals=True) for sign in _STRONG + _WEAK}
_SUFFICIENT = tuple(sign for sign in _MATCHERS if sign not in ("://", "key"))
_KEY_OTHER_THAN_ERROR = re.compile("key(?!error)")
