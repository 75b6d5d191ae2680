"""The frames of an event that are files of a repository here."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct

from app.local_files import locate
from app.model import Event, Frame
from app.preferences import Preferences
from app.protocols.event.failing_frame import choice

MOST_FILES = 6
_MOST_FRAMES = 100


class FrameFile(Struct, frozen=True, kw_only=True):
    """A frame of the app's own code with its file here."""

    frame: Frame
    path: Path

    @property
    def place(self) -> str:
        """Its file and line, for people: `cart.py:12`."""
        return f"{self.path.name}:{self.frame.line}" if self.frame.line else self.path.name


class FrameFiles(Struct, frozen=True, kw_only=True):
    """The frames of an event whose files are known here, the one that failed first; each line once.

    `unconfirmed` is a file that is here, but below no folder that a person has confirmed; `has_frames` is
    whether the event has frames of the app's own code at all.
    """

    frames: tuple[FrameFile, ...] = ()
    unconfirmed: Path | None = None
    has_frames: bool = False

    def files(self) -> tuple[FrameFile, ...]:
        """The first frame of each file, of the first few files."""
        found: dict[Path, FrameFile] = {}
        for each in self.frames:
            found.setdefault(each.path, each)
        return tuple(found.values())[:MOST_FILES]


def of_event(event: Event, chosen: Preferences) -> FrameFiles:
    """The frames of the event's own code whose files are known here. Reads the disk."""
    found: dict[tuple[Path, int | None], FrameFile] = {}
    unconfirmed: Path | None = None
    has_frames = False
    for frame in islice(_in_app(event), _MOST_FRAMES):
        has_frames = True
        here = locate.find(frame, event.project, chosen)
        if here is None:
            continue
        if here.root is None:
            unconfirmed = unconfirmed or here.path
        else:
            found.setdefault((here.path, frame.line), FrameFile(frame=frame, path=here.path))
    return FrameFiles(frames=tuple(found.values()), unconfirmed=unconfirmed, has_frames=has_frames)


def has_code(event: Event) -> bool:
    """Whether the event has frames of the app's own code, which git may know."""
    return any(frame.in_app for raised in event.exceptions for frame in raised.frames) or any(
        frame.in_app for thread in event.threads for frame in thread.frames
    )


def files_differ(before: Preferences, after: Preferences) -> bool:
    """Whether other files may be found for the same frames."""
    return (before.source_roots, before.path_maps) != (after.source_roots, after.path_maps)


def why_none(frames: FrameFiles) -> str:
    """Why none of an event's files is known here, as a sentence."""
    if not frames.has_frames:
        return "No frame of this event is the app's own code, so there is no line to ask git about."
    if frames.unconfirmed is not None:
        return (
            f"{frames.unconfirmed} is here, but in no folder that you have confirmed. Open its line in the "
            "editor once, and confirm its folder."
        )
    return "None of the event's files is on this machine, or no folder says where they are."


def _in_app(event: Event) -> Iterator[Frame]:
    """The frames of the app's own code, the one that failed first; those of the causes after them."""
    for exception in reversed(event.exceptions):
        yield from _own(exception.frames, event.platform)
    for thread in event.threads:
        if thread.crashed or (thread.current and not event.exceptions):
            yield from _own(thread.frames, event.platform)


def _own(frames: Sequence[Frame], platform: str | None) -> Iterator[Frame]:
    """The app's own frames, the one that failed first, then those that called it; last what reported it."""
    failing = choice.failing(frames, platform)
    if failing is not None:
        yield from (frame for frame in reversed(frames[: failing + 1]) if frame.in_app)
        yield from (frame for frame in reversed(frames[failing + 1 :]) if frame.in_app)
