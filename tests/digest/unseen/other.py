"""Transformations after which it is another bug: each makes of a base two events to be kept apart."""

import re
from collections.abc import Callable
from itertools import cycle
from random import Random

from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Frame
from tests.digest.unseen import frames, messages
from tests.digest.unseen.pairs import Two

_NEW = {"python": "refund_customer", "node": "refundCustomer", "javascript": "refundCustomer"}


def other_place(event: Event, _chance: Random) -> Two | None:
    """The same error, raised in another function."""
    places = frames.in_app(frames.raised(event))
    if not places or places[-1] != max(at for at, one in enumerate(frames.raised(event)) if one.in_app):
        return None
    return _renamed(event, places[-1])


def other_caller(event: Event, chance: Random) -> Two | None:
    """The same error at the same place, reached through another function of the app."""
    places = frames.in_app(frames.raised(event))
    return _renamed(event, chance.choice(places[:-1])) if len(places) > 1 else None


def longer_way(event: Event, chance: Random) -> Two | None:
    """One more function of the app on the way to the same place."""
    places = frames.in_app(frames.raised(event))
    if len(places) < 2:
        return None
    at = chance.choice(places[1:])
    new = _frame(event, frames.raised(event)[at])
    return event, frames.raised_stack(event, lambda own: (*own[:at], new, *own[at:]))


def shorter_way(event: Event, chance: Random) -> Two | None:
    """One function of the app less on the way to the same place."""
    places = frames.in_app(frames.raised(event))
    if len(places) < 3:
        return None
    at = chance.choice(places[1:-1])
    names = [re.split(r"[ .:]", frame.function or "")[-1] for frame in frames.raised(event)]
    if names.count(names[at]) > 1:
        return None  # it calls itself, or stands for a block of it
    return event, frames.raised_stack(event, lambda own: (*own[:at], *own[at + 1 :]))


def other_module(event: Event, _chance: Random) -> Two | None:
    """A function of the same name in another file."""
    places = frames.in_app(frames.raised(event))
    if not places:
        return None

    def moved(frame: Frame) -> Frame:
        return replace(
            frame,
            filename=_beside(frame.filename),
            abs_path=_beside(frame.abs_path),
            module="warehouse" if frame.module else frame.module,
        )

    return event, _at(event, places[-1], moved)


def other_type(event: Event, _chance: Random) -> Two | None:
    """Another type of error, raised at the same place."""
    if not event.exceptions or (event.exceptions[-1].mechanism or {}).get("synthetic"):
        return None
    raised = event.exceptions[-1]
    if not raised.type:
        return None
    title = event.title.replace(raised.type, "WarehouseError")
    two = replace(raised, type="WarehouseError", module=raised.module)
    return event, replace(event, title=title, exceptions=(*event.exceptions[:-1], two))


def other_cause(event: Event, _chance: Random) -> Two | None:
    """The same error, because of another one."""
    if len(event.exceptions) < 2 or event.exceptions[0].parent is not None:
        return None
    first = event.exceptions[0]
    two = replace(first, type="WarehouseError", value="empty")
    return event, replace(event, exceptions=(two, *event.exceptions[1:]))


def other_leaf(event: Event, _chance: Random) -> Two | None:
    """A group of errors, one of which is another."""
    parents = {one.parent for one in event.exceptions}
    leaves = [at for at in range(len(event.exceptions)) if at not in parents]
    if len(leaves) < 2:
        return None
    changed: list[ExceptionInfo] = list(event.exceptions)
    changed[leaves[0]] = replace(changed[leaves[0]], type="WarehouseError", value="empty")
    return event, replace(event, exceptions=tuple(changed))


def other_word(event: Event, chance: Random) -> Two | None:
    """Another message of code that tells nothing else."""
    if not _is_grouped_by_message(event):
        return None
    other = messages.other_word(messages.told(event), chance)
    return (event, messages.of(event, other)) if other else None


def other_message(event: Event, _chance: Random) -> Two | None:
    if not _is_grouped_by_message(event):
        return None
    return event, messages.of(event, "the mail could not be delivered")


def other_line_of_source(event: Event, _chance: Random) -> Two | None:
    """Another statement, where no function is named."""
    stack = frames.raised(event)
    last = len(stack) - 1
    if (
        last < 0
        or stack[last].function == "<listcomp>"
        or frames.is_named(stack[last])
        or not stack[last].context
        or not stack[last].in_app
    ):
        return None

    def changed(frame: Frame) -> Frame:
        context = (
            (number, "    refund(customer)") if number == frame.line else (number, text)
            for number, text in frame.context
        )
        return replace(frame, context=tuple(context))

    return event, _at(event, last, changed)


def other_fingerprint(event: Event, _chance: Random) -> Two:
    return replace(event, fingerprint=("payment", "basic")), replace(
        event, fingerprint=("payment", "premium")
    )


def finer_fingerprint(event: Event, _chance: Random) -> Two:
    """The default, and something more."""
    return (
        replace(event, fingerprint=("{{ default }}", "basic")),
        replace(event, fingerprint=("{{ default }}", "premium")),
    )


def default_fingerprint(event: Event, chance: Random) -> Two | None:
    """The app adds something to the default, which still tells bugs apart."""
    made = other_place(event, chance) or other_word(event, chance)
    if made is None:
        return None
    one, two = (replace(each, fingerprint=("{{ default }}", "basic")) for each in made)
    return one, two


def wholly_other(event: Event, _chance: Random) -> Two | None:
    """The same message, from other functions altogether."""
    places = frames.in_app(frames.raised(event))
    if not places:
        return None
    names = cycle(("load", "parse", "deliver", "weigh", "label", "print", "close"))

    def renamed(frame: Frame) -> Frame:
        if not frame.in_app:
            return frame
        return replace(
            frame,
            function=next(names),
            context=(),
            module="warehouse" if frame.module else None,
            filename=_beside(frame.filename),
            abs_path=_beside(frame.abs_path),
        )

    return event, frames.raised_stack(event, lambda own: tuple(renamed(frame) for frame in own))


def _is_grouped_by_message(event: Event) -> bool:
    """Whether nothing but the message tells what happened."""
    more = {"logentry", "csp", "expectct"} & event.extra.keys()
    return not more and event.logger != "csp-violation" and not any(one.frames for one in event.exceptions)


def _renamed(event: Event, at: int) -> Two:
    return event, _at(event, at, lambda frame: _frame(event, frame))


def _frame(event: Event, frame: Frame) -> Frame:
    name = _NEW.get(event.platform or "", "refundCustomer")
    return replace(
        frame,
        function=name,
        line=None if frame.line is None else frame.line + 40,
        context=tuple(
            (number + 40, f"    {name}({index})") for index, (number, _text) in enumerate(frame.context)
        ),
    )


def _at(event: Event, at: int, change: Callable[[Frame], Frame]) -> Event:
    return frames.raised_stack(event, lambda own: (*own[:at], change(own[at]), *own[at + 1 :]))


def _beside(path: str | None) -> str | None:
    """Another file, in the same folder."""
    if path is None:
        return None
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}warehouse.{name.rpartition('.')[2]}"


ALL: tuple[Callable[[Event, Random], Two | None], ...] = (
    other_place,
    other_caller,
    longer_way,
    shorter_way,
    other_module,
    other_type,
    other_cause,
    other_leaf,
    other_word,
    other_message,
    other_line_of_source,
    other_fingerprint,
    finer_fingerprint,
    default_fingerprint,
    wholly_other,
)
