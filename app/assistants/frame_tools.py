"""The frames of an event with their source from this machine, and the failing line in the person's editor.

A path that an event names is only text: files are read and opened below folders that the person has
confirmed, and nowhere else; nothing is fetched.
"""

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from app.assistants import found, outside
from app.assistants.call import Call, Refused
from app.assistants.tool import Arguments, EventId, OfEvent, OptionalNumber
from app.editors import opening
from app.editors.launch import EditorFailed
from app.editors.template import TemplateError
from app.local_files import locate
from app.model import Frame
from app.plain_text import one_line, plural
from app.protocols.event.failing_frame import choice
from app.scrub.values import Scrubber
from app.sharing import words
from app.source import enrichment
from app.source.dev_server import DevServers, Fetched, NotFetched
from app.source.enrichment import Origin, Shown

_MOST_FRAMES = 60
_LONGEST_VALUE = 400
_MOST_LOCALS = 40
_FOLDERS = "In the window, Preferences, Folders, the person says which folders may be read."
_ORIGINS = {
    Origin.SENT: "source as the client sent it",
    Origin.MAP: "source from a source map",
    Origin.DISK: "source from the file on this machine",
    Origin.COMMIT: "source from the commit that ran",
}


class GetFrames(OfEvent, kw_only=True):
    """Which event, and how much of its stack."""

    in_app_only: Annotated[bool, Meta(description="Only the app's own calls, not those of libraries.")] = True
    frame: Annotated[
        int, Meta(ge=-1, le=100_000, description="Only this frame, by its number here. -1: all of them.")
    ] = -1
    lines: Annotated[int, Meta(ge=0, le=30, description="Lines of source on each side of the call.")] = 5
    with_locals: Annotated[bool, Meta(description="With the local variables that the client sent.")] = True


class OpenInEditor(Arguments, kw_only=True):
    """Which line."""

    event_id: EventId = ""
    issue: Annotated[OptionalNumber, Meta(description="An issue's number, if no event_id is given.")] = 0
    frame: Annotated[
        int,
        Meta(ge=-1, le=100_000, description="A frame's number, as get_frames has it. -1: the failing one."),
    ] = -1


class _NoServers(DevServers):
    """Fetches nothing: an event that somebody made up would make an assistant's call send requests."""

    def get(self, url: str) -> Fetched:  # noqa: ARG002 - as the base class has it
        raise NotFetched("nothing is fetched for an assistant")


def get_frames(call: Call, given: GetFrames) -> str:
    """The stack that failed, the oldest call first."""
    with call.reading() as connection:
        whole = found.whole_event(call, connection, event_id=given.event_id, number=given.issue)
    event = whole.event
    frames = choice.stack(event.exceptions, event.threads)
    if not frames:
        return f"Event {event.event_id} has no stack trace; get_event shows what it has.\n"
    failing = choice.failing(frames, event.platform)
    numbers = _wanted(frames, given)
    enriched = enrichment.enrich(
        frames, numbers, enrichment.about(event), call.chosen, colour=(), servers=_NoServers()
    )
    head = (
        f"The stack that failed in event {event.event_id} of issue {whole.issue.id}: "
        f"{plural(len(numbers), 'frame')} of {len(frames)}, numbered from 0, the oldest call, to "
        f"{len(frames) - 1}, the newest. Source is read only below folders that the person has confirmed.\n\n"
        f"{outside.WARNING}\n"
    )
    parts: list[str] = []
    room = given.budget - len(head) - 200
    left = 0
    # The newest calls are the most useful ones.
    for number in reversed(numbers):
        part = _frame(call, enriched.shown[number], number, given, is_failing=number == failing)
        if len(part) > room and not parts:
            part = _frame(
                call, enriched.shown[number], number, replace(given, with_locals=False), is_failing=True
            )
        if len(part) > room:
            left += 1
            continue
        room -= len(part)
        parts.insert(0, part)
    missing = f"\n{plural(left, 'frame')} left out: a larger budget, or frame, shows them.\n" if left else ""
    return head + "".join(parts) + missing


def open_in_editor(call: Call, given: OpenInEditor) -> str:
    """Open a frame's line in the person's editor."""
    with call.reading() as connection:
        whole = found.whole_event(call, connection, event_id=given.event_id, number=given.issue)
    frames = choice.stack(whole.event.exceptions, whole.event.threads)
    number = choice.failing(frames, whole.event.platform) if given.frame < 0 else given.frame
    if number is None or number >= len(frames):
        raise Refused(
            f"There is no frame {given.frame}: the stack that failed has the frames 0 to {len(frames) - 1}."
            if frames
            else "The event has no stack trace, so there is no line to open."
        )
    place = locate.find(frames[number], whole.event.project, call.chosen)
    if place is None:
        raise Refused(f"{_named(frames[number])} is not on this machine. {_FOLDERS}")
    if place.root is None:
        raise Refused(
            f"{_named(frames[number])} is below no folder from which files may be opened. {_FOLDERS}"
        )
    try:
        editor = opening.chosen_editor(call.chosen)
        if editor is None:
            raise Refused(
                "No editor has been chosen yet. In the window, Preferences, Editor, the person chooses one."
            )
        opening.start(editor, place).check()
    except (EditorFailed, TemplateError) as error:
        raise Refused(str(error)) from error
    return f"Opened {outside.code(opening.described(place))} in {outside.code(one_line(editor.name))}.\n"


def _wanted(frames: tuple[Frame, ...], given: GetFrames) -> list[int]:
    if given.frame >= 0:
        if given.frame >= len(frames):
            raise Refused(
                f"There is no frame {given.frame}: the stack that failed has the frames 0 to "
                f"{len(frames) - 1}."
            )
        return [given.frame]
    ours = [number for number, frame in enumerate(frames) if frame.in_app or not given.in_app_only]
    return (ours or list(range(len(frames))))[-_MOST_FRAMES:]


def _frame(call: Call, shown: Shown, number: int, given: GetFrames, *, is_failing: bool) -> str:
    frame: Frame = Scrubber(call.rules, only_own=True).struct(shown.frame)
    # What was read here has not been searched for secrets yet.
    frame = replace(
        frame, context=tuple((at, call.rules.hide(text, is_code=True)) for at, text in frame.context)
    )
    library = "" if frame.in_app else ", of a library"
    mark = ": this is where it failed" if is_failing else ""
    text = f"\n## Frame {number}{library}{mark}\n\n"
    lines = [f"{words.where(frame)} in {words.function(frame)}"]
    source = words.source_lines(frame, given.lines)
    if given.with_locals and frame.vars:
        names = [each for each in frame.vars.items() if not each[0].startswith("__")]
        values = [
            f"{words.value_line(name, 100)} = {words.value_line(value, _LONGEST_VALUE)}"
            for name, value in names
        ]
        more = len(values) - _MOST_LOCALS
        source += [
            "",
            "locals:",
            *values[:_MOST_LOCALS],
            *([f"… {plural(more, 'more local')}"] if more > 0 else []),
        ]
    return f"{text}{_about(shown)}{outside.fenced(chr(10).join([*lines, *source]))}"


def _about(shown: Shown) -> str:
    """Where the source is from, and what to know of the file here, in sentences of ours."""
    said = []
    if shown.lines or shown.frame.context:
        origin = _ORIGINS.get(shown.origin, "")
        commit = f" ({outside.code(one_line(shown.version))})" if shown.version else ""
        said += [f"{origin[:1].upper()}{origin[1:]}{commit}."] if origin else []
    if shown.file is not None:
        said.append(f"The file here: {outside.code(one_line(str(shown.file), 1_000))}.")
    if shown.changed:
        said.append("It was changed since the error.")
    if shown.other_lines:
        said.append("Its lines are others than those that ran.")
    if shown.moved_to is not None:
        said.append(f"The failing line is line {shown.moved_to} in it now.")
    if shown.ask is not None:
        said.append(
            f"The file is below no folder that the person has confirmed, so it is not read. {_FOLDERS}"
        )
    elif shown.why_not:
        said.append(outside.code(one_line(shown.why_not)))
    return f"{' '.join(said)}\n\n" if said else ""


def _named(frame: Frame) -> str:
    return outside.code(one_line(frame.abs_path or frame.filename or "a file without a name"))
