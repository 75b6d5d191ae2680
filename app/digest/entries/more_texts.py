"""The rest of what the search finds an event by: breadcrumbs, request, contexts, extra, all calls."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.digest.entries import search_entry
from app.model import Event
from app.store.search_texts import SearchTexts, plain

MOST_CHARACTERS = 4_000
LONGEST_TEXT = 500
_DEEPEST = 8


def of(event: Event, texts: SearchTexts) -> str:
    """What is in none of the event's other `texts`, each text once, as far as there is room."""
    known = "\n".join(texts)
    found: dict[str, None] = {}
    room = MOST_CHARACTERS
    for part in _parts(event):
        text = plain(part[:LONGEST_TEXT]).strip()
        if not text or text in found or text in known:
            continue
        found[text] = None
        room -= len(text) + 1
        if room <= 0:
            break
    return "\n".join(found)[:MOST_CHARACTERS]


def tags_of(event: Event) -> list[tuple[str, str]]:
    """What can be asked for like tags, and is not known from the outline."""
    device = event.contexts.get("device")
    if not isinstance(device, dict):
        return []
    models = (device.get(name) for name in ("model", "family", "name"))
    return [("device", model[: search_entry.LONGEST_NAME]) for model in models if isinstance(model, str)][:1]


def url_of(event: Event) -> str:
    """The address of the request with its query, of which the digest has not removed secrets."""
    request = event.request
    if request is None or not request.url:
        return ""
    query = f"?{request.query}" if request.query and "?" not in request.url else ""
    return (request.url + query)[: search_entry.LONGEST_URL]


def _parts(event: Event) -> Iterator[str]:
    """The texts, the most telling first."""
    for crumb in reversed(event.breadcrumbs):
        yield from (text for text in (crumb.message, crumb.category) if text)
        yield from _texts(crumb.data)
    request = event.request
    if request is not None:
        yield from (text for text in (request.query, request.method) if text)
        yield from _texts(request.body)
    yield from _texts(event.extra)
    yield from _texts(event.user)
    yield from _texts(event.contexts)
    if request is not None:
        yield from _texts(request.headers)
        yield from _texts(request.cookies)
    for frame in search_entry.frames_of(event):
        names = (frame.filename, frame.function, frame.module, frame.abs_path)
        yield from (name for name in names if name)
    for name, version in event.modules.items():
        yield f"{name} {version}"


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """What a value of JSON says, with the names of its parts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items() if depth < _DEEPEST else ():
            if isinstance(part, str | int | float) and not isinstance(part, bool):
                # Together, so that they are found as they are shown.
                yield f"{name} {part}"
            else:
                yield str(name)
                yield from _texts(part, depth + 1)
    elif isinstance(value, list | tuple):
        for part in value if depth < _DEEPEST else ():
            yield from _texts(part, depth + 1)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
