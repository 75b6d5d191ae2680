"""What arguments are read as: counts, times, numbers of the queue."""

import argparse
import re
from typing import NamedTuple

_TIME = re.compile(r"([1-9][0-9]{0,5})([smhdw])")
_LONGEST_WAIT = 31_536_000.0
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


class QueueId(NamedTuple):
    """The number of a report, or of a refused request, which is written with an R before it."""

    number: int
    is_refused: bool


def seconds(text: str) -> int:
    """The seconds of a time such as 30m. Raises `argparse.ArgumentTypeError`, as all here do."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError("must be a number with s, m, h, d or w behind it, such as 30m or 1h")
    return int(found[1]) * _UNITS[found[2]]


def queue_id(text: str) -> QueueId:
    """A report's number, or that of a refused request, such as R7."""
    is_refused = text[:1] in ("R", "r")
    return QueueId(count(text[is_refused:]), is_refused)


def number(text: str) -> int:
    """A whole number of 0 or more."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 0 or more")
    return int(text)


def count(text: str) -> int:
    """A whole number of 1 or more."""
    found = int(text) if text.isascii() and text.isdigit() else 0
    if found < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return found


def wait_seconds(text: str) -> float:
    """For how many seconds to wait, with or without a fraction."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= _LONGEST_WAIT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return found


def share(text: str) -> float:
    """A share such as 50%, as a number above 0 and up to 1."""
    try:
        found = float(text.removesuffix("%")) / 100
    except ValueError:
        found = 0.0
    if not 0 < found <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share such as 50%")
    return found
