"""Times and numbers as text: ages, durations, local times, counts."""

from datetime import UTC, datetime

_UNITS = ((7 * 86_400, "w"), (86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))
# `strftime` would use the system's language amid our English.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def age(moment: datetime, now: datetime) -> str:
    """How long ago, in a short word: `now`, `12s`, `3m`, `5h`, `2d`, `7w`; `now` if their clock is ahead."""
    seconds = (now - moment).total_seconds()
    for size, unit in _UNITS:
        if seconds >= max(size, 2):
            return f"{int(seconds // size)}{unit}"
    return "now"


def clock(moment: datetime, now: datetime) -> str:
    """When something will be, on this computer's clock: `14:30`, on another day `27 Nov`, `5 Jan 2028`."""
    here, today = moment.astimezone(), now.astimezone()
    if here.date() == today.date():
        return f"{here:%H:%M}"
    return f"{here.day} {_MONTHS[here.month - 1]}" + (f" {here.year}" if here.year != today.year else "")


def day(moment: datetime, now: datetime) -> str:
    """A day on this computer's clock: `Mon 27 Nov`, in another year `Wed 5 Jan 2028`."""
    here = moment.astimezone()
    year = f" {here.year}" if here.year != now.astimezone().year else ""
    return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]}{year}"


def ago(moment: datetime, now: datetime | None = None) -> str:
    """`3m ago`, in the words of `age`; the future, from a client whose clock is ahead, is `in 3m`."""
    here = now or datetime.now(UTC)
    if moment > here:
        text = age(here, moment)
        return text if text == "now" else f"in {text}"
    text = age(moment, here)
    return text if text == "now" else f"{text} ago"


def duration(seconds: float) -> str:
    """The largest unit that fits, rounded down: `840 ms`, `12 s`, `3 min`, `5 h`, `2 days`."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    for size, unit in ((86_400, "day"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number:,} {unit}{'s' if unit == 'day' and number > 1 else ''}"
    raise AssertionError("unreachable")


def before(moment: datetime, reference: datetime) -> str:
    """How long before the reference, with a minus sign, or after it, with a plus: `+1.2 s`."""
    seconds = (moment - reference).total_seconds()
    if abs(seconds) < 0.0005:
        return "0 ms"
    return ("\N{MINUS SIGN}" if seconds < 0 else "+") + duration(abs(seconds))


def local(moment: datetime) -> str:
    """`2026-11-23 14:05:12.345` in this computer's time zone."""
    try:
        here = moment.astimezone()
    except (OverflowError, OSError, ValueError):  # years that the platform's calendar does not know
        here = moment
    return here.strftime("%Y-%m-%d %H:%M:%S") + f".{here.microsecond // 1000:03d}"


def count(number: int) -> str:
    """A number that fits a narrow column: `999`, `1,204`, `45k`, `3.1M`."""
    if number < 10_000:
        return f"{number:,}"
    if number < 1_000_000:
        return f"{number // 1_000}k"
    return f"{number // 100_000 / 10:g}M"


def size(number: int) -> str:
    """So many bytes: `812 bytes`, `64 KiB`, `1.4 GiB`."""
    if number < 1_024:
        return f"{number} bytes"
    amount = number / 1_024
    for unit in ("KiB", "MiB"):
        if amount < 1_000:
            return f"{amount:.0f} {unit}" if amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1_024
    return f"{amount:.1f} GiB"
