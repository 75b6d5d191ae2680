"""Times that are neither ISO 8601 nor of mail: as programs, runtimes and log formats print them.

Ruby's `Time#inspect`, Go's `Time.String`, Java's `ZonedDateTime`, JavaScript's `Date`, `date(1)`, web
servers' logs, and .NET's `/Date(…)/`. Whether the month or the day comes first between slashes is told by
the larger of the two, and where that says nothing it is the month, as .NET's invariant culture has it.
"""

import re
from datetime import UTC, datetime, timedelta

from app.model import EPOCH

_LONGEST = 160
_TIME = r"""(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})
    (?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,12}))?)?
    (?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"""
_ZONE = r"(?:\s?(?P<zone>(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|[A-Za-z]{1,5}))?"
# Go prints the zone's name and the monotonic clock, too, JavaScript a name in brackets, Java the region.
_BEHIND = (
    r"(?:\s[A-Z]{1,5}|\s[+-][0-9]{2,4})?(?:\sm=[+-][0-9.]+)?(?:\s?\([^()]*\)|\s?\[(?P<region>[\w/+:-]+)\])?"
)
_WHEN = _TIME + _ZONE + _BEHIND
_NAMED_DAY = r"(?:[A-Za-z]{3,9},?\s)?"
_YEAR, _MONTH, _DAY = r"(?P<year>[0-9]{4})", r"(?P<month>[A-Za-z]{3,9})\.?", r"(?P<day>[0-9]{1,2})"
_FORMS = tuple(
    re.compile(date + rest, re.VERBOSE)
    for date, rest in (
        # 2026-11-30 01:13:54 UTC; 2026/11/30 01:13:54
        (rf"{_YEAR}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark){_DAY}[Tt_,:\s]\s?", _WHEN),
        # 30/Nov/2026:01:35:44 +0000; 30-Nov-2026 01:35:44
        (rf"{_NAMED_DAY}{_DAY}[/\s-]{_MONTH}[/\s-]{_YEAR}[:,\s]\s?", _WHEN),
        # Mon Nov 30 2026 09:13:54 GMT+0800 (China Standard Time); Nov 30, 2026, 1:13:54 AM
        (rf"{_NAMED_DAY}{_MONTH}\s{{1,2}}{_DAY},?\s{_YEAR},?\s(?:at\s)?", _WHEN),
        # Mon Nov 30 01:13:54 UTC 2026
        (rf"{_NAMED_DAY}{_MONTH}\s{{1,2}}{_DAY}\s", rf"{_TIME}{_ZONE}\s{_YEAR}"),
        # 20261130011354
        (
            r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
            r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})",
        ),
        # 11/30/2026 01:13:54; 30.11.2026 01:13:54
        (rf"(?P<first>[0-9]{{1,2}})(?P<mark>[-/.])(?P<other>[0-9]{{1,2}})(?P=mark){_YEAR},?\s", _WHEN),
    )
)
_IN_MILLISECONDS = re.compile(r"\\?/?(?:new )?Date\((-?[0-9]{1,15})(?:[+-][0-9]{4})?\)\\?/?")
_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?")
# In minutes. Names that mean several zones are not here: IST, BST, and all others are no zone.
_ZONES = {
    name: minutes
    for minutes, names in (
        (0, "z utc gmt ut wet etc/utc etc/gmt zulu"),
        (60, "cet west"),
        (120, "cest eet"),
        (180, "eest msk"),
        (540, "jst kst"),
        (-240, "edt"),
        (-300, "est cdt"),
        (-360, "cst mdt"),
        (-420, "mst pdt"),
        (-480, "pst"),
    )
    for name in names.split()
}


def read(value: str) -> datetime | None:
    """The moment, in UTC; without a zone it is UTC. None for what is no such time, or of an unknown zone."""
    text = value.strip().strip("[]\"'") if value[:1] in "[\"'" else value.strip()
    if len(text) > _LONGEST:
        return None
    try:
        milliseconds = _IN_MILLISECONDS.fullmatch(text)
        if milliseconds is not None:
            return EPOCH + timedelta(milliseconds=int(milliseconds[1]))
        for form in _FORMS:
            found = form.fullmatch(text)
            if found is not None:
                return _moment(found.groupdict())
    except (ValueError, OverflowError):
        # The thirtieth of February.
        pass
    return None


def _moment(parts: dict[str, str | None]) -> datetime | None:
    month, day = _month_and_day(parts)
    behind_utc = _minutes(parts.get("zone"), parts.get("region"))
    if month is None or behind_utc is None:
        return None
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    if hour > 24 or minute > 59 or second > 60:
        return None
    micros = int(((parts.get("fraction") or "") + "000000")[:6])
    since_midnight = timedelta(hours=hour, minutes=minute - behind_utc, seconds=second, microseconds=micros)
    return datetime(int(parts["year"] or 0), month, day, tzinfo=UTC) + since_midnight


def _month_and_day(parts: dict[str, str | None]) -> tuple[int | None, int]:
    if "first" in parts:
        first, other = int(parts["first"] or 0), int(parts["other"] or 0)
        is_day_first = parts["mark"] == "." or first > 12
        return (other, first) if is_day_first else (first, other)
    name, day = parts["month"] or "", int(parts["day"] or 0)
    if name.isdigit():
        return int(name), day
    name = name.lower()
    short = _MONTHS.get(name[:3])
    if short is None or not _MONTH_NAMES[short - 1].startswith(name):
        return None, day
    return short, day


def _minutes(zone: str | None, region: str | None) -> int | None:
    """How far a zone is ahead of UTC; None where that is not known."""
    offset = _OFFSET.fullmatch(zone) if zone else None
    if offset is not None:
        # Four digits without a colon are matched as two and two, "+800" as one and two.
        ahead = int(offset[2]) * 60 + int(offset[3] or 0)
        return -ahead if offset[1] == "-" else ahead
    return _ZONES.get((zone or region or "z").lower())
