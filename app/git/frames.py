"""The frames of an event that are files of a repository here."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from app.local_files import locate
from app.model import Event, Frame
from app.preferences import Preferences

MOST_FILES = 8
_MOST_FRAMES = 200


class FrameFile(Struct, frozen=True, kw_only=True):
    """A frame of the app's own code with its file here."""

    frame: Frame
    path: Path

    @property
    def place(self) -> str:
        """Its file and line, for people: `cart.py:12`."""
        return f"{self.path.name}:{self.frame.line}" if self.frame.line else self.path.name


class FrameFiles(Struct, frozen=True, kw_only=True):
    """The files of an event's frames, that of the failing line first.

    `unconfirmed` is a file that is here, but below no folder that a person has confirmed; `has_frames` is
    whether the event has frames of the app's own code at all.
    """

    files: tuple[FrameFile, ...] = ()
    unconfirmed: Path | None = None
    has_frames: bool = False


def of_event(event: Event, chosen: Preferences) -> FrameFiles:
    """The files of the event's frames, each with its innermost frame. Reads the disk."""
    found: dict[Path, FrameFile] = {}
    unconfirmed: Path | None = None
    has_frames = False
    for number, frame in enumerate(_in_app(event)):
        has_frames = True
        if number >= _MOST_FRAMES or len(found) >= MOST_FILES:
            break
        here = locate.find(frame, event.project, chosen)
        if here is None:
            continue
        if here.root is None:
            unconfirmed = unconfirmed or here.path
        elif here.path not in found:
            found[here.path] = FrameFile(frame=frame, path=here.path)
    return FrameFiles(files=tuple(found.values()), unconfirmed=unconfirmed, has_frames=has_frames)


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
        yield from (frame for frame in reversed(exception.frames) if frame.in_app)
    for thread in event.threads:
        if thread.crashed or (thread.current and not event.exceptions):
            yield from (frame for frame in reversed(thread.frames) if frame.in_app)
