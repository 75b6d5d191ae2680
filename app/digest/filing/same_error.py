"""Whether two reports are of one error: printed, reported by a hook of `main.py run`, and sent by a client.
Pure.

They are, if they name the same type, message and place, of the same run, at about the same time. What is
doubtful is not: two events of one error do less harm than one event of two.
"""

import re
from enum import IntEnum

import msgspec
from msgspec import Struct

from app.model import Event, Frame, Level

WITHIN = 15_000_000
"""So far apart (microseconds) two reports of one error may be: some clients send every ten seconds."""

_MOST_FRAMES = 20
_LONGEST = 500
_OUTER_NAME = re.compile(r".*(?:[.\\/$]|::)(?=.)")
# Node adds the code of its own errors ("TypeError [ERR_…]"), clients shorten long messages, and Python's
# `str` of a syntax error has the place that it prints elsewhere.
_CODE = re.compile(r" \[[\w.-]+\]$")
_CUT = ("...", "…")
_PLACE_IN_TEXT = re.compile(r" \((?:[^()]*, )?line \d+\)$")


class Kind(IntEnum):
    """Where a report comes from, ordered by how much it says."""

    ENDED = 0
    PRINTED = 1
    HOOKED = 2
    SENT = 3


class Place(Struct, frozen=True, array_like=True):
    """The file of a call, without its folder, the line, and the function."""

    file: str
    line: int | None
    function: str | None

    def is_same(self, other: "Place") -> bool:
        """Whether both are one place; the line decides where both have one."""
        if self.file != other.file:
            return False
        if self.line is not None and other.line is not None:
            return self.line == other.line
        return self.function is not None and self.function == other.function


class Likeness(Struct, frozen=True, array_like=True):
    """What an error is recognised by; `frames` innermost first. `is_crash`: nobody caught it."""

    name: str
    message: str
    frames: tuple[Place, ...] = ()
    is_crash: bool = False


class Told(Struct, frozen=True, kw_only=True):
    """A report of an error: when it happened and when it arrived, in microseconds, and the key of its run."""

    kind: Kind
    likeness: Likeness
    at: int
    arrived: int
    run: str | None = None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Likeness).decode


def encode(likeness: Likeness) -> bytes:
    """The likeness, to be stored."""
    return _encode(likeness)


def decode(stored: bytes) -> Likeness:
    """The stored likeness."""
    return _decode(stored)


def name_of(exception_type: str | None) -> str:
    """The name of an exception's type alone: some reports say its module, and some do not."""
    return _OUTER_NAME.sub("", _CODE.sub("", (exception_type or "").strip()))[:_LONGEST]


def likeness(event: Event) -> Likeness:
    """What an event in outline is recognised by."""
    if not event.exceptions:
        return Likeness("", _first_line(event.message), is_crash=event.level is Level.FATAL)
    raised = event.exceptions[-1]
    handled = [each.mechanism.get("handled") for each in event.exceptions if each.mechanism]
    return Likeness(
        name_of(raised.type),
        _first_line(raised.value),
        tuple(_place(frame) for frame in raised.frames[: -_MOST_FRAMES - 1 : -1]),
        event.level is Level.FATAL or False in handled,
    )


def is_same(lesser: Told, richer: Told) -> bool:
    """Whether the report `richer` is of the error that `lesser` is of, and says more of it."""
    if lesser.kind >= richer.kind or not _is_of_one_run(lesser, richer):
        return False
    if lesser.kind is Kind.ENDED:
        # A program that ends says nothing of why: a crash that its run reports is why.
        is_ours = lesser.run is not None and lesser.run == richer.run
        return is_ours and richer.kind >= Kind.HOOKED and richer.likeness.is_crash
    return is_alike(lesser.likeness, richer.likeness)


def is_alike(one: Likeness, other: Likeness) -> bool:
    """Whether both are of the same type, message and place."""
    if one.name != other.name or not _is_same_message(one.message, other.message):
        return False
    if not (one.frames and other.frames):
        return bool(one.name or one.message)
    # Either may leave out calls of libraries, of the runtime, or of the client itself.
    return any(one.frames[0].is_same(place) for place in other.frames) or any(
        other.frames[0].is_same(place) for place in one.frames
    )


def _is_of_one_run(lesser: Told, richer: Told) -> bool:
    is_near = abs(lesser.at - richer.at) <= WITHIN
    if lesser.run is None or richer.run is None:
        # An app with a DSN of its own. Or a log: it may be read long after it was written.
        return is_near
    return lesser.run == richer.run and (is_near or abs(lesser.arrived - richer.arrived) <= WITHIN)


def _is_same_message(one: str, other: str) -> bool:
    one, other = _PLACE_IN_TEXT.sub("", one), _PLACE_IN_TEXT.sub("", other)
    if one == other:
        return True
    for short, long in ((one, other), (other, one)):
        for mark in _CUT:
            begun = short.removesuffix(mark)
            if begun != short and len(begun) >= 20 and long.startswith(begun):
                return True
    return False


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0].strip()[:_LONGEST]


def _place(frame: Frame) -> Place:
    path = frame.abs_path or frame.filename or frame.module or ""
    return Place(re.split(r"[\\/]", path)[-1], frame.line, frame.function)
