"""Who wrote the line that failed, as git says: for those who get the Markdown."""

from threading import Event as Stop
from threading import Timer

from app.git import examine, frames
from app.git.command import Stopped
from app.model import Event
from app.preferences import Preferences

PATIENCE_SECONDS = 2.0


def lines(event: Event, chosen: Preferences) -> tuple[str, ...]:
    """What git says of the line that failed, in lines; none where it knows nothing, or takes too long.

    Only files below folders that a person has confirmed are asked about.
    """
    found = frames.of_event(event, chosen)
    if not found.frames:
        return ()
    stop = Stop()
    patience = Timer(PATIENCE_SECONDS, stop.set)
    patience.start()
    try:
        line = examine.line_of(found.frames[0], event.release, stop)
    except Stopped:
        return ()
    finally:
        patience.cancel()
    if line.blamed is None:
        return (f"{line.place}: {line.note}",) if line.note and line.text else ()
    commit = line.blamed.commit
    written = f"{line.place}: written by {commit.author}, {commit.written_at:%Y-%m-%d %H:%M %Z}".rstrip()
    return (written, f"{commit.hash[:12]} {commit.subject}", *([line.note] if line.note else []))
