"""How much of an event is kept: what is beyond the limits is left out, and the event's problems say so.

`bound_outline` and `bound_event` cut each event that an adapter has built, exactly; the JSON of a large body
is cut before (`app.protocols.wire.json_bounds`). The report itself stays as it came.

The limits are the process's: an adapter takes a report and its bytes, and reads the same in each process that
was started with the same settings.
"""

from itertools import islice
from typing import Any

from msgspec.structs import replace

from app import settings
from app.model import LEFT_OUT, Breadcrumb, Event, ExceptionInfo, Frame, Request, Thread
from app.protocols.delivery import Delivery
from app.protocols.wire import lenient_json
from app.protocols.wire.json_bounds import HALVES, HEAD, TAIL, left_out, split_in_half
from app.settings import Limits

# Kinds of what is only counted: beyond so many, and where the name is longer, they are of one kind.
OTHER_KINDS = "other kinds"
_MOST_KINDS, _LONGEST_KIND = 50, 100


def bound_text_frames(frames: tuple[Frame, ...], missing: int) -> tuple[Frame, ...]:
    """No more frames than the limit, of a text that lacks about `missing` calls in the middle."""
    most = settings.limits().frames
    head = frames[: most // 2] if len(frames) > most else frames[: len(frames) // 2]
    tail = frames[-(most - most // 2) :] if len(frames) > most else frames[len(frames) // 2 :]
    gone = len(frames) - len(head) - len(tail) + missing
    return (*_marked(head, f"about {gone:,} calls"), *tail) if gone and head else frames


def bound_delivery(found: Delivery) -> Delivery:
    """What stands beside the events, no more than the limits allow: files, and kinds that are counted."""
    most = settings.limits()
    others = found.others
    if len(others) > _MOST_KINDS or any(len(kind) > _LONGEST_KIND for kind in others):
        shown = {kind: count for kind, count in others.items() if len(kind) <= _LONGEST_KIND}
        shown = dict(islice(shown.items(), _MOST_KINDS))
        more = sum(others.values()) - sum(shown.values())
        others = {**shown, OTHER_KINDS: shown.get(OTHER_KINDS, 0) + more}
    if others is found.others and len(found.attachments) + len(found.feedback) <= most.attachments:
        return found
    return replace(
        found,
        attachments=found.attachments[: most.attachments],
        feedback=found.feedback[: most.attachments],
        others=others,
    )


def bound_outline(event: Event) -> Event:
    """`event` with no more than the limits allow of what events are filed by; its problems say what went."""
    if _is_small(event):
        return event
    cut = _Cut(settings.limits())
    exceptions = cut.exceptions(event.exceptions)
    threads = cut.threads(event.threads)
    message = cut.text(event.message, "message") if event.message else event.message
    tags = cut.tags(event.tags) if event.tags else event.tags
    named = cut.names(event)
    fingerprint = cut.fingerprint(event.fingerprint) if event.fingerprint else event.fingerprint
    if not cut.problems:
        return event
    return replace(
        event,
        **named,
        exceptions=exceptions,
        threads=threads,
        message=message,
        tags=tags,
        fingerprint=fingerprint,
        problems=(*event.problems, *cut.problems),
    )


def _is_small(event: Event) -> bool:
    """Whether a quick check shows that nothing exceeds the limits: the digest asks it of every event."""
    most = settings.limits()
    name, text = most.name, most.text
    if event.threads or event.fingerprint or len(event.exceptions) > most.exceptions:
        return False
    if len(event.tags) > most.tags or len(event.message or "") > text:
        return False
    for raised in event.exceptions:
        if (
            len(raised.frames) > most.frames
            or len(raised.value or "") > text
            or len(raised.type or "") > name
        ):
            return False
        for frame in raised.frames:
            # Together they are no longer than one may be, as a rule.
            if len(f"{frame.function}{frame.filename}{frame.module}{frame.abs_path}") > name:
                return False
    for key, value in event.tags.items():
        if len(key) > name or len(value) > name:
            return False
    named = f"{event.project}{event.platform}{event.logger}{event.culprit}{event.transaction}"
    return len(named) + len(f"{event.release}{event.environment}{event.server_name}") <= name


def bound_event(event: Event) -> Event:
    """`event` with all of its parts within the limits; its problems say what went."""
    event = bound_outline(event)
    cut = _Cut(settings.limits())
    for raised in event.exceptions:
        cut.note_gap(raised.frames, raised.type or "an exception")
    event = replace(
        event,
        breadcrumbs=cut.breadcrumbs(event.breadcrumbs),
        request=cut.request(event.request) if event.request else None,
        exceptions=tuple(replace(raised, frames=cut.variables(raised.frames)) for raised in event.exceptions),
        threads=tuple(replace(thread, frames=cut.variables(thread.frames)) for thread in event.threads),
        contexts=cut.value(event.contexts, "contexts"),
        extra=cut.value(event.extra, "extra"),
        user=cut.value(event.user, "user"),
        modules=cut.value(event.modules, "modules"),
        attachments=event.attachments[: cut.limits.attachments],
        feedback=event.feedback[: cut.limits.items],
    )
    return replace(event, problems=(*event.problems, *cut.problems)) if cut.problems else event


_NAMED = (
    "project",
    "platform",
    "logger",
    "culprit",
    "transaction",
    "release",
    "environment",
    "server_name",
)


class _Cut:
    """Cuts one event; `problems` says what was cut, each kind of it once."""

    def __init__(self, most: Limits) -> None:
        self.limits = most
        self._found: dict[str, None] = {}

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(self._found)

    def names(self, event: Event) -> dict[str, str]:
        longest = self.limits.name
        named = {}
        for field in _NAMED:
            value = getattr(event, field)
            if value is not None and len(value) > longest:
                named[field] = self.text(value, field, longest)
        return named

    def text(self, value: str, what: str, longest: int = 0) -> str:
        longest = longest or self.limits.text
        if len(value) <= longest:
            return value
        self._found[f"Of {len(value):,} characters of {what} the first {longest:,} are shown."] = None
        return value[: longest - 1] + "…"

    def exceptions(self, found: tuple[ExceptionInfo, ...]) -> tuple[ExceptionInfo, ...]:
        if len(found) > self.limits.exceptions:
            found = self._fewer_exceptions(found)
        for n, raised in enumerate(found):
            frames = self.frames(raised.frames, raised.type or "an exception")
            value, kind = raised.value, raised.type
            if value is not None and len(value) > self.limits.text:
                value = self.text(value, "an exception's value")
            if kind is not None and len(kind) > self.limits.name:
                kind = self.text(kind, "an exception's type", self.limits.name)
            if frames is not raised.frames or value is not raised.value or kind is not raised.type:
                changed = replace(raised, frames=frames, value=value, type=kind)
                found = (*found[:n], changed, *found[n + 1 :])
        return found

    def _fewer_exceptions(self, found: tuple[ExceptionInfo, ...]) -> tuple[ExceptionInfo, ...]:
        head, tail = split_in_half(self.limits.exceptions)
        self._say(len(found), "exceptions", head, tail)
        gone = len(found) - head - tail
        kept = [*found[:head], *found[-tail:]]
        for n, raised in enumerate(kept):
            if raised.parent is not None:
                stays = raised.parent < head or raised.parent >= head + gone
                parent = raised.parent if raised.parent < head else raised.parent - gone
                kept[n] = replace(raised, parent=parent if stays else None)
        return tuple(kept)

    def threads(self, found: tuple[Thread, ...]) -> tuple[Thread, ...]:
        if not found:
            return found
        if len(found) > self.limits.threads:
            head, tail = split_in_half(self.limits.threads)
            self._say(len(found), "threads", head, tail)
            gone = [thread for thread in found[head:-tail] if thread.crashed or thread.current][:1]
            found = (*found[: head - len(gone)], *gone, *found[-tail:])
        cut = tuple(self.frames(thread.frames, "a thread") for thread in found)
        if all(frames is thread.frames for frames, thread in zip(cut, found, strict=True)):
            return found
        return tuple(replace(thread, frames=frames) for frames, thread in zip(cut, found, strict=True))

    def frames(self, frames: tuple[Frame, ...], of: str) -> tuple[Frame, ...]:
        if len(frames) > self.limits.frames:
            head, tail = split_in_half(self.limits.frames)
            self._say(len(frames), f"frames of {of[:100]}", head, tail)
            gone = f"{len(frames) - head - tail:,} calls"
            frames = (*_marked(frames[:head], gone), *frames[-tail:])
        longest = self.limits.name
        for n, frame in enumerate(frames):
            for name in (frame.function, frame.filename, frame.module, frame.abs_path):
                if name is not None and len(name) > longest:
                    frames = (*frames[:n], self._frame(frame), *frames[n + 1 :])
                    break
        return frames

    def _frame(self, frame: Frame) -> Frame:
        names = {
            field: self.text(value, f"a frame's {field}", self.limits.name)
            for field in ("function", "filename", "module", "abs_path")
            if (value := getattr(frame, field)) is not None
        }
        return replace(frame, **names)

    def note_gap(self, frames: tuple[Frame, ...], of: str) -> None:
        for frame in frames:
            if frame.vars and isinstance(gone := frame.vars.get(LEFT_OUT), str) and gone[:5] == "about":
                self._found[f"Of the frames of {of[:100]} {gone} in the middle are left out."] = None

    def tags(self, tags: dict[str, str]) -> dict[str, str]:
        if len(tags) > self.limits.tags:
            self._found[left_out(len(tags), "tags", self.limits.tags, 0, HEAD)] = None
            tags = dict(islice(tags.items(), self.limits.tags))
        for name, value in tags.items():
            if len(name) > self.limits.name or len(value) > self.limits.name:
                longest = self.limits.name
                return {
                    self.text(name, "a tag's name", longest): self.text(
                        value, f"the tag {name[:40]}", longest
                    )
                    for name, value in tags.items()
                }
        return tags

    def fingerprint(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        if len(parts) > self.limits.tags:
            self._found[left_out(len(parts), "parts of the fingerprint", self.limits.tags, 0, HEAD)] = None
            parts = parts[: self.limits.tags]
        if any(len(part) > self.limits.name for part in parts):
            parts = tuple(self.text(part, "the fingerprint", self.limits.name) for part in parts)
        return parts

    def breadcrumbs(self, crumbs: tuple[Breadcrumb, ...]) -> tuple[Breadcrumb, ...]:
        if len(crumbs) > self.limits.breadcrumbs:
            self._found[left_out(len(crumbs), "breadcrumbs", 0, self.limits.breadcrumbs, TAIL)] = None
            crumbs = crumbs[-self.limits.breadcrumbs :]
        return tuple(
            replace(
                crumb,
                message=crumb.message and self.text(crumb.message, "a breadcrumb's message"),
                data=self.value(crumb.data, "a breadcrumb's data") if crumb.data else crumb.data,
            )
            for crumb in crumbs
        )

    def request(self, request: Request) -> Request:
        return replace(
            request,
            url=request.url and self.text(request.url, "the request's address"),
            query=request.query and self.text(request.query, "the request's query"),
            headers=self.value(request.headers, "the request's headers"),
            body=self.value(request.body, "the request's body"),
            cookies=self.value(request.cookies, "the request's cookies"),
            env=self.value(request.env, "the request's environment"),
        )

    def variables(self, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        return tuple(
            replace(
                frame,
                vars=self.value(frame.vars, "a frame's variables"),
                context=tuple(
                    (number, self.text(line, "a line of source", self.limits.name))
                    for number, line in frame.context[: self.limits.tags]
                ),
            )
            if frame.vars or frame.context
            else frame
            for frame in frames
        )

    def value(self, value: Any, what: str, depth: int = 0) -> Any:
        """Any value: not too long, not too deep, not too much of it."""
        if isinstance(value, str):
            return self.text(value, what)
        if not isinstance(value, (dict, list)):
            return value
        if depth >= self.limits.depth:
            self._found[f"Values of {what} nested deeper than {self.limits.depth} levels are text."] = None
            return self.text(lenient_json.as_text(value), what)
        most = self.limits.items
        if isinstance(value, dict):
            if len(value) > most:
                self._found[left_out(len(value), f"members of {what}", most, 0, HEAD)] = None
            names = self.limits.name
            return {
                key if len(key) <= names else self.text(key, f"a name in {what}", names): self.value(
                    part, what, depth + 1
                )
                for key, part in islice(value.items(), most)
            }
        if len(value) > most:
            head, tail = split_in_half(most)
            self._say(len(value), f"members of {what}", head, tail)
            value = [*value[:head], *value[-tail:]]
        return [self.value(part, what, depth + 1) for part in value]

    def _say(self, count: int, what: str, head: int, tail: int) -> None:
        self._found[left_out(count, what, head, tail, HALVES)] = None


def _marked(frames: tuple[Frame, ...], gone: str) -> tuple[Frame, ...]:
    """`frames`, the last of which says what is left out behind it."""
    if not frames:
        return frames
    last = frames[-1]
    return (*frames[:-1], replace(last, vars={**last.vars, LEFT_OUT: gone}))
