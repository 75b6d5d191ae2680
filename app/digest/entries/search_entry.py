"""The texts that the search finds an event by: `store/search_texts.py` says how they are written.

The digest writes what an event has in outline; `more` is added later, by `search_filling`, from the whole
event.
"""

from collections.abc import Iterable, Iterator

from app.model import Event, Frame
from app.store.search_texts import SearchTexts, tag_lines

LONGEST_WORDS = 2_000
LONGEST_URL = 1_000
LONGEST_NAME = 300
# Of the files, functions and modules of an event so many are found by the digest, those of the app first.
MOST_NAMES = 20
# The fields, in their order below, of which the search is told where they are empty.
FIELDS = ("type", "file", "function", "module", "url", "message")


def of(event: Event, tags: Iterable[tuple[str, str]]) -> SearchTexts:
    """The texts of an event, whose tags are as the digest counts them, without `more`."""
    frames = frames_of(event)
    url = (event.request.url or "")[:LONGEST_URL] if event.request else ""
    raised = event.exceptions[::-1]
    types = _lines([each.type for each in raised])
    files = _lines([_place(frame) for frame in frames])
    functions = _lines([frame.function for frame in frames])
    modules = _lines([each.module for each in raised] + [frame.module for frame in frames])
    fields = zip(FIELDS, (types, files, functions, modules, url, event.message), strict=True)
    return SearchTexts(
        _words(event),
        tag_lines((*tags, *_more_tags(event)), [name for name, text in fields if not text]),
        types,
        (event.culprit or "")[:LONGEST_NAME],
        files,
        functions,
        modules,
        url,
    )


def frames_of(event: Event) -> list[Frame]:
    """The calls of an event, the app's own first, and of these the innermost of the raised exception."""
    stacks = [each.frames for each in reversed(event.exceptions) if each.frames]
    if not stacks:
        stacks = [thread.frames for thread in event.threads if thread.frames]
    frames = [frame for stack in stacks for frame in stack[::-1]]
    return [frame for frame in frames if frame.in_app] + [frame for frame in frames if not frame.in_app]


def _words(event: Event) -> str:
    """The title, and what of the other texts is not in it."""
    words = event.title
    for part in (event.message, event.logger, *(each.value for each in event.exceptions)):
        if part and part not in words:
            words = f"{words}\n{part}"
    return words[:LONGEST_WORDS]


def _more_tags(event: Event) -> Iterator[tuple[str, str]]:
    """What can be asked for like tags, and is not counted as such."""
    yield "level", event.level
    handled = [each.mechanism.get("handled") for each in event.exceptions if each.mechanism]
    if False in handled or True in handled:
        yield "handled", "no" if False in handled else "yes"
    if event.user_agent and event.user_agent.device:
        yield "device", event.user_agent.device[:LONGEST_NAME]
    if event.logger:
        yield "logger", event.logger[:LONGEST_NAME]


def _place(frame: Frame) -> str | None:
    if not frame.filename or frame.line is None:
        return frame.filename
    return f"{frame.filename}:{frame.line}"


def _lines(names: list[str | None]) -> str:
    """Each name once, a line each."""
    known = [name for name in dict.fromkeys(names) if name]
    return "\n".join([name[:LONGEST_NAME] for name in known[:MOST_NAMES]])
