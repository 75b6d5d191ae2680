"""The level that a line of a log names, and its fields, in the forms that loggers write."""

import re

from app.model import Level
from app.protocols.event import levels

_WORD = (
    r"emerg(?:ency)?|panic|fatal|crit(?:ical)?|alert|severe|error|err|exception|warn(?:ing)?|notice"
    r"|info(?:rmation)?|debug|trace|verbose"
)
# logfmt and JSON that was cut: level=error, "severity":"error".
_NAMED = re.compile(
    rf"""(?<![\w.])["']?(?:level|lvl|severity|loglevel|log_level|levelname)["']?\s?[=:]\s?["']?({_WORD})\b""",
    re.IGNORECASE,
)
# "[error]", "<warn>", "(INFO)", and at the very beginning "Error:" or "W/".
_MARKED = re.compile(rf"[\[<(|]\s*({_WORD})\s*[\]>)|:]", re.IGNORECASE)
_LEADING = re.compile(rf"\s*({_WORD})\s*(?:[:\]|]|-\s)", re.IGNORECASE)
# A word of its own in capitals, near the beginning, where dates and names of loggers stand around it.
_CAPITALS = re.compile(rf"(?<![\w./-])({_WORD.upper()})(?![\w./-])")
# klog's and glog's "E1123 12:00:00.000000".
_KLOG = re.compile(r"([IWEF])\d{4} \d\d:\d\d:\d\d")
_OF_KLOG = {"I": Level.INFO, "W": Level.WARNING, "E": Level.ERROR, "F": Level.FATAL}
# A level of any word in logfmt, or in JSON: one that is not known is no error. Prose says "level: high", too.
_KEY = r"(?:level|lvl|loglevel|log_level|levelname)"
_ANY = re.compile(
    rf"""(?:(?:^|[\s,]){_KEY}=["']?|["']{_KEY}["']\s?:\s?["'])[A-Za-z]{{2,20}}(?=["'\s,;}}]|$)""",
    re.IGNORECASE,
)
# RFC 3164 and 5424: facility and severity in one number, "<11>1 2026-11-30T…" or "<11>Nov 30 …".
_SYSLOG = re.compile(r"<(1?\d{1,2})>(?=\d \d{4}-|\d -|[A-Z][a-z]{2} [ \d]\d )")
_COLOURS = re.compile(r"\x1b\[[0-9;]{0,20}m")
_NEAR = 120
_FAR = 2000
_LONGEST = 100_000
_LOGFMT = re.compile(r'(?:^|\s)([A-Za-z_][\w.-]{0,60})=(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^\s"]*))')


def level(line: str) -> Level | None:
    """The level that the first line of `line` names, information for one that nobody knows; else None."""
    first = line.lstrip().partition("\n")[0]
    if "\x1b[" in first:
        first = _COLOURS.sub("", first[:_LONGEST])
    klog = _KLOG.match(first)
    if klog is not None:
        return _OF_KLOG[klog[1]]
    syslog = _SYSLOG.match(first)
    if syslog is not None:
        return levels.syslog(int(syslog[1]) & 7)
    for pattern, far in ((_NAMED, _FAR), (_LEADING, 0), (_MARKED, _NEAR), (_CAPITALS, _NEAR)):
        match = pattern.search(first[:far]) if far else pattern.match(first)
        if match is not None:
            return levels.find(match[1])
        if pattern is _NAMED and _ANY.search(first[:_FAR]) is not None:
            return Level.INFO
    return None


def pairs(line: str) -> dict[str, str]:
    """The pairs of a line in logfmt (``level=error msg="no card"``); nothing where it is none."""
    found = {
        name: quoted.replace('\\"', '"').replace("\\n", "\n") or bare
        for name, quoted, bare in _LOGFMT.findall(line[:_LONGEST])
    }
    return found if len(found) > 1 and ("msg" in found or "message" in found or "level" in found) else {}
