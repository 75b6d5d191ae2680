"""What the value of a term means: a number, a time, a level, a state. `problems` says why it means nothing.

Each function returns None where the value is none of that kind; such a term matches nothing.
"""

import calendar
import re
import time
from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from app.query.fields import LEVELS, OTHER_VALUES, RUNS, STATES
from app.query.syntax import Operator, Term

_MICROS = 1_000_000
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_AGE = re.compile(r"([0-9]{1,6})(s|min|m|h|d|w)", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_TIME = re.compile(r"T([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(Z)?", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,3}))?(k|m)?", re.IGNORECASE)
_THOUSANDS = {"": 1, "k": 1_000, "m": 1_000_000}
_RUN = re.compile(r"#?([0-9]{1,15})")
_RANGE = ".."


class Within(Struct, frozen=True):
    """The whole numbers from `first` to `last`, both of them included; None: there is no such end."""

    first: int | None = None
    last: int | None = None

    def __contains__(self, number: int) -> bool:
        return (self.first is None or number >= self.first) and (self.last is None or number <= self.last)


_Meaning = Callable[[str], Within | None]


def number(term: Term) -> Within | None:
    """Which numbers `times:` and `users:` mean: `5`, `>10`, `10..20`, `2k`."""
    return _compared(term, _number)


def moment(term: Term, now: int) -> Within | None:
    """Which times, in microseconds since 1970, `first:` and `last:` mean; `now` is one, too.

    `10m` and `<10m` are less than ten minutes ago, `>7d` is longer ago than seven days. Dates and times of
    day are local: `2026-11-30`, `>2026-11-30` (after that day), `2026-11-30T12:00`, `today`, `yesterday`.
    """
    if _RANGE in term.value:
        return _compared(term, lambda text: _when(text, now))
    ago = _age(term.value)
    if ago is None:
        return _compared(term, lambda text: _when(text, now))
    match term.operator:
        case Operator.MORE:
            return Within(None, now - ago - 1)
        case Operator.AT_LEAST:
            return Within(None, now - ago)
        case Operator.LESS:
            return Within(now - ago + 1, None)
        case _:
            return Within(now - ago, None)


def today(now: int) -> Within:
    """The local day of `now`."""
    return _day(_date(now)) or Within(now, now)


def state(term: Term) -> str | None:
    """The state that `is:` names, one of `fields.STATES`."""
    return _word(term.value, STATES)


def levels(term: Term) -> tuple[str, ...] | None:
    """The levels that `level:` means; `>=warning` is warning and what is more severe."""
    if _RANGE in term.value:
        ends = [_word(part, LEVELS) for part in term.value.split(_RANGE, 1)]
        if None in ends:
            return None
        first, last = sorted(LEVELS.index(end) for end in ends if end is not None)
        return LEVELS[first : last + 1]
    level = _word(term.value, LEVELS)
    if level is None:
        return None
    at = LEVELS.index(level)
    return {
        Operator.MORE: LEVELS[at + 1 :],
        Operator.AT_LEAST: LEVELS[at:],
        Operator.LESS: LEVELS[:at],
        Operator.AT_MOST: LEVELS[: at + 1],
    }.get(term.operator, (level,))


def run(term: Term) -> int | str | None:
    """Which runs `run:` means: one by its number, or a word of `fields.RUNS`."""
    if term.operator not in (Operator.HAS, Operator.IS):
        return None
    found = _RUN.fullmatch(term.value)
    return int(found[1]) if found is not None else _word(term.value, RUNS)


def yes_or_no(term: Term) -> bool | None:
    """What `handled:` asks for."""
    return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}.get(
        term.value.lower()
    )


def pieces(term: Term) -> tuple[str, ...]:
    """The texts between the wildcards of a value: one, the whole value, where there is none."""
    return (term.value,) if term.is_quoted else tuple(term.value.split("*"))


def _word(text: str, words: tuple[str, ...]) -> str | None:
    word = OTHER_VALUES.get(text.lower(), text.lower())
    return word if word in words else None


def _compared(term: Term, meaning: _Meaning) -> Within | None:
    """The numbers that compare so with what the value means."""
    if _RANGE in term.value:
        if term.operator not in (Operator.HAS, Operator.IS):
            return None
        first, last = term.value.split(_RANGE, 1)
        return _between(first, last, meaning)
    meant = meaning(term.value)
    if meant is None or meant.first is None or meant.last is None:
        return None
    match term.operator:
        case Operator.MORE:
            return Within(meant.last + 1, None)
        case Operator.AT_LEAST:
            return Within(meant.first, None)
        case Operator.LESS:
            return Within(None, meant.first - 1)
        case Operator.AT_MOST:
            return Within(None, meant.last)
        case _:
            return meant


def _between(first: str, last: str, meaning: _Meaning) -> Within | None:
    low, high = (Within() if not end else meaning(end) for end in (first, last))
    if low is None or high is None or not (first or last):
        return None
    if first and last and low.first is not None and high.first is not None and low.first > high.first:
        # `1h..2h` ago: the second is the earlier one.
        low, high = high, low
    return Within(low.first, high.last)


def _number(text: str) -> Within | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    thousands = _THOUSANDS[(found[3] or "").lower()]
    parts = found[2] or ""
    exact = (int(found[1] + parts) * thousands) // 10 ** len(parts)
    return Within(exact, exact) if thousands > 1 or not parts else None


def _age(text: str) -> int | None:
    found = _AGE.fullmatch(text)
    return None if found is None else int(found[1]) * _UNITS[found[2].lower()] * _MICROS


def _when(text: str, now: int) -> Within | None:
    """The stretch of time that a date, a minute or a second is."""
    ago = _age(text)
    if ago is not None:
        return Within(now - ago, now - ago)
    day = _date(now)
    if text.lower() in ("today", "yesterday"):
        return _day(day if text.lower() == "today" else day - timedelta(days=1))
    found = _DATE.match(text)
    if found is None:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    if found.end() == len(text):
        return _day(day)
    clock = _TIME.fullmatch(text, found.end())
    return None if clock is None else _minute_or_second(day, clock)


def _minute_or_second(day: date, clock: re.Match[str]) -> Within | None:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    start = _seconds(day, hour, minute, second, is_utc=bool(clock[4]))
    return None if start is None else _stretch(start, start + (1 if clock[3] else 60))


def _day(day: date) -> Within | None:
    start, end = _seconds(day), _seconds(day + timedelta(days=1)) if day < date.max else None
    return None if start is None or end is None else _stretch(start, end)


def _stretch(start: int, end: int) -> Within:
    return Within(start * _MICROS, end * _MICROS - 1)


def _date(now: int) -> date:
    return date(*time.localtime(now // _MICROS)[:3])


def _seconds(
    day: date, hour: int = 0, minute: int = 0, second: int = 0, *, is_utc: bool = False
) -> int | None:
    """This time of the local clock, in seconds since 1970, if the platform knows it."""
    if is_utc:
        return calendar.timegm((day.year, day.month, day.day, hour, minute, second))
    try:
        return int(time.mktime((day.year, day.month, day.day, hour, minute, second, 0, 0, -1)))
    except (OverflowError, ValueError):
        return None
