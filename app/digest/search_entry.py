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


def of(event: Event, tags: Iterable[tuple[str, str]]) -> SearchTexts:
    """The texts of an event, whose tags are as the digest counts them, without `more`."""
    frames = frames_of(event)
    words, culprit = _words(event), event.culprit or ""
    url = (event.request.url or "")[:LONGEST_URL] if event.request else ""
    types = "\n".join(_distinct(each.type for each in reversed(event.exceptions)))
    files = "\n".join(_distinct(map(_place, frames)))
    functions = "\n".join(_distinct(frame.function for frame in frames))
    named = (each.module for each in reversed(event.exceptions))
    modules = "\n".join(_distinct((*named, *(frame.module for frame in frames))))
    has = ("type", types), ("file", files), ("function", functions), ("module", modules), ("url", url)
    fields = [name for name, text in has if text]
    if event.message:
        fields.append("message")
    return SearchTexts(
        words,
        tag_lines((*tags, *_more_tags(event)), fields),
        types,
        culprit[:LONGEST_NAME],
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
    frames = [frame for stack in stacks for frame in reversed(stack)]
    return sorted(frames, key=lambda frame: not frame.in_app)


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


def _distinct(names: Iterable[str | None]) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        if name:
            found[name[:LONGEST_NAME]] = None
            if len(found) == MOST_NAMES:
                break
    return list(found)
