"""What goes of an event: without what the rules find, and without the parts that a person left out."""

from collections import Counter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Thread
from app.scrub.rules import Rules
from app.scrub.values import Scrubber
from app.secrets_in_text import FILTERED

_DEEPEST = 100
_PLACES = (
    (".vars", "locals"),
    (".context", "source"),
    ("request.headers", "request headers"),
    ("request.cookies", "cookies"),
    ("request.body", "request body"),
    ("request.env", "request environment"),
    ("request", "request address"),
    ("breadcrumbs", "breadcrumbs"),
    ("exceptions", "exceptions"),
    ("threads", "threads"),
)


class Parts(Struct, frozen=True, kw_only=True):
    """The parts of an event that a person may keep to themselves."""

    locals: bool = True
    request_body: bool = True
    user: bool = True
    breadcrumbs: bool = True


ALL = Parts()


class Outgoing(Struct, frozen=True):
    """An event as it goes, and by place how many of its values read ``[Filtered]``."""

    event: Event
    hidden: dict[str, int]

    @property
    def total(self) -> int:
        """How many values are hidden."""
        return sum(self.hidden.values())


def outgoing(event: Event, rules: Rules, parts: Parts = ALL) -> Outgoing:
    """What goes of an event that the built-in rules have been applied to, as `app.detail` reads it."""
    if not parts.locals:
        event = replace(
            event,
            exceptions=tuple(_without_locals(raised) for raised in event.exceptions),
            threads=tuple(_without_locals(thread) for thread in event.threads),
        )
    if not parts.request_body and event.request is not None:
        event = replace(event, request=replace(event.request, body=None))
    if not parts.user:
        event = _without_user(event)
    if not parts.breadcrumbs:
        event = replace(event, breadcrumbs=())
    if rules.expressions or rules.fields:
        event = Scrubber(rules, only_own=True).struct(event)
    hidden: Counter[str] = Counter()
    _count(event, "", hidden, _DEEPEST)
    return Outgoing(event, dict(hidden.most_common()))


def place_name(place: str) -> str:
    """A place such as `exceptions.frames.vars.card` in words."""
    for part, name in _PLACES:
        if part in place:
            return name
    return place.partition(".")[0] or "text"


def _without_locals(stack: Any) -> Any:
    assert isinstance(stack, (ExceptionInfo, Thread))
    return replace(stack, frames=tuple(replace(frame, vars={}) for frame in stack.frames))


def _without_user(event: Event) -> Event:
    tags = {name: value for name, value in event.tags.items() if not name.lower().startswith("user")}
    request = event.request
    if request is not None:
        env = {name: value for name, value in request.env.items() if not name.upper().startswith("REMOTE_")}
        request = replace(request, cookies=None, env=env)
    return replace(event, user={}, tags=tags, request=request, feedback=())


def _count(value: Any, place: str, hidden: Counter[str], depth: int) -> None:
    if isinstance(value, str):
        if number := value.count(FILTERED):
            hidden[place_name(place)] += number
    elif depth == 0:
        return
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            _count(getattr(value, name), f"{place}.{name}" if place else name, hidden, depth - 1)
    elif isinstance(value, dict):
        for name, each in value.items():
            _count(each, f"{place}.{name}", hidden, depth - 1)
    elif isinstance(value, (list, tuple)):
        for each in value:
            _count(each, place, hidden, depth - 1)
