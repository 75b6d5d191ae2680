"""Transformations after which it is still the same bug: each makes of a base two events."""

import re
from collections.abc import Callable
from datetime import timedelta
from random import Random

from msgspec.structs import replace

from app.model import Breadcrumb, Event, Frame, Request, UserAgent
from tests.digest.unseen import frames, machines, messages, scripts
from tests.digest.unseen.pairs import Two

_ROOT = "/srv/webshop"
_FOLDERS = (
    "/home/ada/src/shop-2",
    "/app",
    "/var/www/releases/20260102030405",
    "/private/var/containers/Bundle/Application/1B4E28BA-2FA1-11D2-883F-0016D3CCA427/Shop.app",
    "/Users/grace/Library/Mobile Documents/shop (copy)",
    r"C:\Users\Ada Lovelace\shop",
    r"D:\build\agent_12\_work\3\s",
    "/builds/group/shop",
    "/tmp/tmpab_x12/shop",
    "/opt/render/project/src",
)
_ORIGIN = re.compile(r"^https?://[^/]+")
_ORIGINS = (
    "https://shop.example",
    "https://cdn-7.shop.example:8443",
    "http://localhost:5173",
    "https://d1a2b3c4.cloudfront.example",
)


def lines_moved(event: Event, chance: Random) -> Two | None:
    by = chance.choice([1, 3, 17, 240])

    def moved(frame: Frame) -> Frame:
        line = frame.line + by if frame.line is not None else None
        return replace(frame, line=line, context=tuple((number + by, text) for number, text in frame.context))

    return (event, frames.each(event, moved)) if frames.are_in(event) else None


def context_lost(event: Event, _chance: Random) -> Two | None:
    """Another version of the client sends the source, or more of it, where functions have names."""
    stack = frames.raised(event)
    if not any(frame.context for frame in stack) or any(f.in_app and not frames.is_named(f) for f in stack):
        return None
    return event, frames.each(event, lambda frame: replace(frame, context=()))


def columns_moved(event: Event, chance: Random) -> Two | None:
    def moved(frame: Frame) -> Frame:
        return replace(frame, column=None if frame.column is None else frame.column + chance.randint(1, 40))

    return (event, frames.each(event, moved)) if frames.are_in(event) else None


def elsewhere(event: Event, chance: Random) -> Two:
    """Another machine, user, process, release, moment; other state at hand."""
    number = chance.randint(2, 10**6)
    request = event.request or Request()
    later = event.timestamp + timedelta(days=chance.randint(1, 300), seconds=chance.randint(0, 9999))
    two = replace(
        event,
        event_id=f"{number:032x}",
        timestamp=later,
        received_at=later,
        release=f"shop@{number}",
        environment="production",
        server_name=f"web-{number}.example",
        breadcrumbs=(Breadcrumb(message=f"clicked {number}"),),
        request=replace(request, url=f"https://shop.example/orders/{number}?q={number}", query=f"q={number}"),
        user={"id": str(number), "email": f"user{number}@example.com"},
        tags={**event.tags, "shard": str(number)},
        contexts={"runtime": {"version": str(number)}},
        modules={"flask": str(number)},
        user_agent=UserAgent(raw=f"Mozilla/5.0 {number}"),
    )
    named = (replace(one, name=f"Thread-{number}", id=str(number)) for one in event.threads)
    return event, replace(two, threads=tuple(named))


def other_locals(event: Event, chance: Random) -> Two | None:
    return (
        (
            event,
            frames.each(event, lambda frame: replace(frame, vars={"order": chance.randint(1, 999)})),
        )
        if frames.are_in(event)
        else None
    )


def other_folder(event: Event, chance: Random) -> Two | None:
    folder = chance.choice(_FOLDERS)
    two = frames.each(event, lambda frame: frames.moved(frame, lambda path: _into(path, folder)))
    return (event, two) if two != event else None


def other_origin(event: Event, chance: Random) -> Two | None:
    """The same script from another host, port or scheme."""
    origin = chance.choice(_ORIGINS)
    two = frames.each(event, lambda frame: frames.moved(frame, lambda path: _ORIGIN.sub(origin, path)))
    return (event, two) if two != event else None


def recursion(event: Event, chance: Random) -> Two | None:
    """One frame that calls itself, more or less often."""
    places = frames.in_app(frames.raised(event))
    if not places:
        return None
    at = chance.choice(places)

    def deep(times: int) -> Event:
        return frames.raised_stack(event, lambda own: (*own[:at], *(own[at],) * times, *own[at + 1 :]))

    return deep(2), deep(chance.choice([3, 9, 60]))


def mutual_recursion(event: Event, chance: Random) -> Two | None:
    """Two frames that call each other, more or less often."""
    places = [at for at in frames.in_app(frames.raised(event)) if at]
    pairs = [at for at in places if at - 1 in places]
    if not pairs:
        return None
    at = chance.choice(pairs)

    def deep(times: int) -> Event:
        return frames.raised_stack(
            event, lambda own: (*own[: at - 1], *own[at - 1 : at + 1] * times, *own[at + 1 :])
        )

    return deep(2), deep(chance.choice([3, 8, 30]))


def other_numbers(event: Event, chance: Random) -> Two | None:
    told = messages.told(event)
    if event.logger == "csp-violation":
        return None  # it names the host
    other = messages.other_digits(told, chance)
    return (event, messages.of(event, other)) if other != told else None


def other_at_hand(event: Event, chance: Random) -> Two | None:
    """The message goes on with something that differs each time."""
    if event.logger == "csp-violation" or (event.message and event.exceptions):
        return None
    one, two = messages.ALIKE[chance.choice(list(messages.ALIKE))]
    told = messages.told(event)
    return messages.of(event, f"{told}: {one}"), messages.of(event, f"{told}: {two}")


def fixed_fingerprint(event: Event, _chance: Random) -> Two:
    """The app says itself what belongs together."""
    one = replace(event, fingerprint=("payment", "basic"))
    changed = replace(one, exceptions=(), threads=(), message="something else", title="something else")
    return one, changed


def composed(event: Event, chance: Random) -> Two:
    """Several at once, as it is in life."""
    steps = (
        lines_moved,
        elsewhere,
        other_folder,
        other_origin,
        other_locals,
        other_numbers,
        machines.framework_outside,
    )
    two = event
    for step in steps:
        made = step(two, chance)
        two = made[1] if made else two
    return event, two


def _into(path: str, folder: str) -> str:
    if not path.startswith(_ROOT):
        return path
    rest = path.removeprefix(_ROOT)
    return folder + (rest.replace("/", "\\") if "\\" in folder else rest)


ALL: tuple[Callable[[Event, Random], Two | None], ...] = (
    lines_moved,
    context_lost,
    columns_moved,
    elsewhere,
    other_locals,
    other_folder,
    other_origin,
    scripts.hashed_bundle,
    scripts.webpack,
    scripts.other_browser,
    scripts.anonymous,
    recursion,
    mutual_recursion,
    machines.generated_name,
    machines.framework_outside,
    machines.framework_gone,
    machines.framework_renamed,
    machines.other_runtime,
    other_numbers,
    other_at_hand,
    fixed_fingerprint,
    composed,
)
