"""The protocol between the digest and the process of `listeners.py`: MessagePack, one frame after another.

Each request is answered by frames that hold any number of answers; the last answer is `Done`. An event is
JSON, as it is stored and shown.
"""

import msgspec
from msgspec import Struct

from app.model import Issue
from app.store.notices.notice import Notice


class Load(Struct, frozen=True, tag=True):
    """Load `file`, and never call the functions whose `Calling.key` is among `left_out`."""

    file: str
    left_out: tuple[str, ...] = ()


class Consider(Struct, frozen=True, tag=True):
    """Call `before_digest` with each event; each is answered by a `Considered`."""

    events: tuple[bytes, ...]


class Announcement(Struct, frozen=True, kw_only=True):
    """After a commit: send `signals` (their names) with these values, but not to the keys in `skip`."""

    signals: tuple[str, ...]
    event: bytes | None = None
    issue_id: int | None = None
    issue: Issue | None = None
    notice: Notice | None = None
    skip: tuple[str, ...] = ()


class Announce(Struct, frozen=True, tag=True):
    """Send the signals of each announcement; each is answered by an `Announced`."""

    announcements: tuple[Announcement, ...]


class Ready(Struct, frozen=True, tag=True):
    """The process has started, and waits for requests."""


class Calling(Struct, frozen=True, tag=True):
    """This function is about to run. `place` is where it is defined; `key` identifies it."""

    name: str
    place: str
    key: str


class ListenerFailed(Struct, frozen=True, tag=True):
    """A function of the file has failed, or was slow."""

    listener: str
    place: str
    error: str
    traceback: str


class Considered(Struct, frozen=True, tag=True):
    """The result of `before_digest` for the next event; `changes` as of `event_changes.changes`."""

    is_dropped: bool = False
    changes: bytes | None = None


class Announced(Struct, frozen=True, tag=True):
    """All listeners have been called with the next announcement."""


class Done(Struct, frozen=True, tag=True):
    """The end of an answer: what the file has attached by now, signals by name and `before_digest`."""

    signals: tuple[str, ...] = ()
    change_events: bool = False
    is_loaded: bool = True


Request = Load | Consider | Announce
Answer = Ready | Calling | ListenerFailed | Considered | Announced | Done

encode = msgspec.msgpack.Encoder().encode
_request: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_answers = msgspec.msgpack.Decoder(tuple[Answer, ...])


def request(frame: bytes) -> Request:
    """The request in a frame. Raises `msgspec.MsgspecError`."""
    return _request.decode(frame)


def answers(frame: bytes) -> tuple[Answer, ...]:
    """The answers in a frame. Raises `msgspec.MsgspecError`."""
    return _answers.decode(frame)
