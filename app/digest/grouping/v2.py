"""Grouping, second version: what the client says, else the chain of exceptions and the app's own frames.

In order: the client's fingerprint; exceptions, each by its type and its in-app frames (all frames when none is
in-app, its normalised message when it has none); a content security policy's directive and blocked host; the
message. A frame counts by module or file and by function, or by its source line where it has no function; never
by line number, folder or host. However deep a recursion went, each frame counts once; an exception group is told by
its distinct leaves. An exception that the client invented does not count by its type, nor do frames of frameworks,
runtimes and SDKs that wrap the app.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from app.digest.grouping import messages, names, wrappers
from app.digest.grouping.fingerprint import filled_in, is_default
from app.model import Event, ExceptionInfo, Frame, Grouping

ALGORITHM = "v2"
_SHOWN_FRAMES = 6
_LONGEST_LINE = 200
_SPACE = re.compile(r"\s+")
_APART = "\x1e"

Parts = tuple[list[str], tuple[str, ...]]


def key(event: Event) -> tuple[str, Grouping]:
    """The grouping key (32 hex digits, stable), and why, in plain words."""
    parts, why = _by_fingerprint(event) if event.fingerprint else _by_default(event)
    digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
    return digest, Grouping(algorithm=ALGORITHM, why=why)


def _by_fingerprint(event: Event) -> Parts:
    if len(event.fingerprint) == 1 and is_default(event.fingerprint[0]):
        return _by_default(event)
    parts, why = ["fingerprint"], ["fingerprint from the client: " + ", ".join(event.fingerprint)]
    for part in event.fingerprint:
        if is_default(part):
            default_parts, default_why = _by_default(event)
            parts += default_parts
            why += default_why
        else:
            parts.append(filled_in(part, event))
    return parts, tuple(why)


def _by_default(event: Event) -> Parts:
    if event.exceptions:
        return _by_exceptions(event.exceptions, event.platform)
    directive = event.tags.get("csp.directive")
    if directive:
        blocked = event.tags.get("csp.blocked", "")
        return ["csp", directive, blocked], (f"content security policy: {directive} blocked {blocked or '?'}",)
    return _by_message(event)


def _by_exceptions(exceptions: Sequence[ExceptionInfo], platform: str | None) -> Parts:
    in_app = [_tokens(raised.frames, platform, in_app_only=True) for raised in exceptions]
    which = "in-app frames"
    tokens = in_app
    if not any(in_app):
        tokens = [_tokens(raised.frames, platform, in_app_only=False) for raised in exceptions]
        which = "frames (none is in-app)"
    blocks = [_block(raised, own) for raised, own in zip(exceptions, tokens, strict=True)]
    parts = ["exception", *_told(exceptions, blocks)]
    types = dict.fromkeys(_type(raised) or "an exception made up by the client" for raised in exceptions)
    why = ["exception type: " + " ← ".join(reversed(types))]
    shown = list(dict.fromkeys(token for own in tokens for token in own))
    if shown:
        path = " → ".join(shown[-_SHOWN_FRAMES:])
        why.append(f"{which}: … → {path}" if len(shown) > _SHOWN_FRAMES else f"{which}: {path}")
    else:
        said = messages.normalise(exceptions[-1].value or "")
        if said:
            why.append(f"message without what varies: {said}")
    return parts, tuple(why)


def _told(exceptions: Sequence[ExceptionInfo], blocks: Sequence[str]) -> Iterable[str]:
    """The chain in order; of a group its distinct members, however many there are and in whatever order."""
    if all(raised.parent is None for raised in exceptions):
        return dict.fromkeys(blocks)
    members = {block for raised, block in zip(exceptions, blocks, strict=True) if raised.parent is not None}
    chain = (block for raised, block in zip(exceptions, blocks, strict=True) if raised.parent is None)
    return ["group", *sorted(members), *dict.fromkeys(chain)]


def _block(raised: ExceptionInfo, tokens: Sequence[str]) -> str:
    if tokens:
        return _APART.join((_type(raised), *tokens))
    # Nothing tells where, so what was said has to tell it.
    return _APART.join((_type(raised), messages.normalise(raised.value or "")))


def _type(raised: ExceptionInfo) -> str:
    if raised.mechanism and raised.mechanism.get("synthetic"):
        return ""
    return names.type_name(raised.type) if raised.type else ""


def _tokens(frames: Sequence[Frame], platform: str | None, *, in_app_only: bool) -> list[str]:
    tokens: dict[str, None] = {}
    for frame in frames:
        if (frame.in_app or not in_app_only) and not wrappers.wraps(frame):
            tokens[_place(frame, platform)] = None
    return list(tokens)


def _place(frame: Frame, platform: str | None) -> str:
    path = frame.filename or frame.abs_path
    module = frame.module
    where = names.file_name(path) if path else "?"
    if module and module != "__main__":
        where = names.module_name(module, platform)
    function = names.function_name(frame.function, platform) if frame.function else ""
    return f"{where}:{function or _source(frame)}"


def _source(frame: Frame) -> str:
    """The frame's own line, without what an edit of its surroundings would change."""
    for number, text in frame.context:
        if number == frame.line:
            return _SPACE.sub(" ", text.strip())[:_LONGEST_LINE]
    return ""


def _by_message(event: Event) -> Parts:
    entry = event.extra.get("logentry")
    template = entry.get("message") if type(entry) is dict else None
    if type(template) is str and template:
        return ["message", messages.normalise(template)], (f"message template: {template[:200]}",)
    said = messages.normalise(event.message or "")
    if said:
        return ["message", said], (f"message without what varies: {said[:200]}",)
    place = event.culprit or event.logger or ""
    return ["nothing", place], (f"no exception and no message; from {place or 'an unknown place'}",)
