"""What builds and browsers change in the frames of scripts: it is still the same bug."""

import re
from collections.abc import Callable
from random import Random

from msgspec.structs import replace

from app.model import Event, Frame
from tests.digest.unseen import frames
from tests.digest.unseen.pairs import Two


def hashed_bundle(event: Event, chance: Random) -> Two | None:
    """The same bundle of two builds."""
    ways: tuple[Callable[[str], tuple[str, str]], ...] = (
        lambda stem: (f"{stem}.3f9c1a.js", f"{stem}.b07e44.js"),
        lambda stem: (f"{stem}.0a1b2c3d4e5f60718293.js", f"{stem}.ffeeddccbbaa99887766.js"),
        lambda stem: (f"{stem}-BDxZ1abc.js", f"{stem}-C_9kqP2w.js"),
        lambda stem: (f"{stem}-5HKNWQZB.js", f"{stem}-PTYJ4ZLC.js"),
        lambda stem: (f"{stem}.min.js?v=1.2.3", f"{stem}.min.js?v=20260102"),
        lambda stem: (f"{stem}.js?3f9c1a", f"{stem}.js?b07e44#x"),
        lambda stem: (f"{stem}.3f9c1a2b.chunk.js", f"{stem}.99aa0b1c.chunk.js"),
        lambda stem: (f"{stem}.bundle.1764000000.js", f"{stem}.bundle.1764999999.js"),
        lambda stem: (f"{stem}.js", f"{stem}.js?t=1764000000123"),
    )
    way = chance.choice(ways)

    def named(which: int) -> Callable[[str], str]:
        return lambda path: re.sub(r"([\w.-]*?)\.js$", lambda found: way(found[1])[which], path)

    def renamed(which: int) -> Event:
        return frames.each(event, lambda frame: frames.moved(frame, named(which)) if frame.in_app else frame)

    if event.platform != "javascript" or renamed(0) == event:
        return None
    return renamed(0), renamed(1)


def webpack(event: Event, chance: Random) -> Two | None:
    ways = (
        ("webpack:///./src/%s", "webpack:///src/%s"),
        ("webpack:///./src/%s?3f9c", "webpack:///./src/%s?b07e"),
        ("webpack-internal:///./src/%s", "webpack:///./src/%s"),
        ("webpack://shop/./src/%s", "webpack:///./src/%s"),
        ("app:///src/%s", "webpack:///./src/%s"),
        ("webpack://_N_E/./src/%s?", "webpack:///./src/%s"),
        ("webpack-internal:///(rsc)/./src/%s", "webpack-internal:///./src/%s"),
    )
    way = chance.choice(ways)

    def named(prefix: str) -> Event:
        return frames.each(
            event, lambda frame: frames.moved(frame, lambda path: prefix % re.split(r"[\\/]", path)[-1])
        )

    if event.platform not in {"javascript", "node"} or not frames.are_in(event):
        return None
    return named(way[0]), named(way[1])


def other_browser(event: Event, chance: Random) -> Two | None:
    """Firefox or Safari instead of Chrome: how they name functions, what frames of their own they show."""
    if event.platform != "javascript" or not frames.in_app(frames.raised(event)):
        return None
    firefox = chance.random() < 0.5

    def renamed(frame: Frame) -> Frame:
        name = frame.function
        if name and name not in {"?", "<anonymous>"}:
            name = re.sub(r"^(?:async |new )+", "", name).split(" [as ")[0]
            name = name.rpartition(".")[2] if not firefox or chance.random() < 0.5 else name
        return replace(frame, function=name or ("?" if firefox else ""), column=(frame.column or 1) + 3)

    def own(stack: frames.Stack) -> frames.Stack:
        changed = tuple(renamed(frame) for frame in stack)
        if firefox:
            return changed
        native = Frame(filename="[native code]", function="promiseReactionJob", in_app=False)
        return (native, *changed)

    return event, frames.each_stack(event, own)


def anonymous(event: Event, _chance: Random) -> Two | None:
    """How browsers and their clients call what has no name."""
    names = ("<anonymous>", "?", None, "", "anonymous", "Object.<anonymous>", "(anonymous)")
    stack = frames.raised(event)
    first = next((at for at, frame in enumerate(stack) if frame.in_app), None)
    if event.platform not in {"javascript", "node"} or first is None or len(frames.in_app(stack)) < 3:
        return None
    one, two = _chance.sample(names, 2)

    def called(name: str | None) -> Event:
        return frames.raised_stack(
            event, lambda own: (*own[:first], replace(own[first], function=name), *own[first + 1 :])
        )

    return called(one), called(two)
