"""Pairs made of what real clients sent: of the events, and on the wire where the body is JSON."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from app.model import Event
from tests.digest.grouping import bases as known_bases
from tests.digest.unseen import messages, other, same, wire
from tests.digest.unseen.pairs import Base, Pair, dice
from tests.protocols import captures

_ORIGIN = re.compile(r"https?://127\.0\.0\.1:\d+")


def bases() -> list[Base]:
    """Every event of every capture."""
    found = []
    for name in captures.names():
        for number, event in enumerate(captures.load(name).read().events):
            found.append(Base(f"{name}#{number}" if number else name, event))
    return found


def printed() -> Iterator[Pair]:
    """Pairs made of what runtimes of every language printed."""
    for known in known_bases.every():
        if known.name.startswith(("grouping/", "stacktrace/")):
            yield from _of(Base(known.name, known.event))


def pairs() -> Iterator[Pair]:
    """All pairs, the same in every run."""
    every = bases()
    for base in every:
        yield from _of(base)
    yield from _distinct(every)
    for name in captures.names():
        yield from _rewired(name)


def _of(base: Base) -> Iterator[Pair]:
    for transformations, alike in ((same.ALL, True), (other.ALL, False)):
        for transformation in transformations:
            kind = transformation.__name__
            # What the app says itself wins over everything else: it is tried apart from that.
            own = "fingerprint" in kind or all("default" in part for part in base.event.fingerprint[:1])
            event = base.event if own else replace(base.event, fingerprint=())
            made = transformation(event, dice(base.name, kind))
            if made is not None:
                yield Pair(base.name, kind, alike, *made)


def _distinct(every: list[Base]) -> Iterator[Pair]:
    """Events of clearly other bugs: other words or other errors, whatever else is alike."""
    chance = dice("distinct")
    for base in every:
        others = [one for one in every if _tells(one.event) != _tells(base.event)]
        for two in chance.sample(others, 2):
            yield Pair(f"{base.name} and {two.name}", "distinct bases", False, base.event, two.event)


def _tells(event: Event) -> str:
    words = f"{[one.type for one in event.exceptions[-1:]]} {messages.told(event)} {event.fingerprint}"
    return re.sub(r"\d+", "", words)


_REWRITTEN: dict[str, tuple[bool, wire.Change]] = {
    "wire: lines moved": (True, wire.lines_moved(31)),
    "wire: other folder": (
        True,
        wire.texts(lambda text: text.replace("/srv/webshop", "/home/ada/checkouts/shop-7")),
    ),
    "wire: container": (True, wire.texts(lambda text: text.replace("/srv/webshop", "/app"))),
    "wire: drive": (
        True,
        wire.texts(
            lambda text: re.sub(
                r"/srv/webshop[\w/.-]*",
                lambda found: found[0].replace("/srv/webshop", "D:/work/shop").replace("/", "\\"),
                text,
            )
        ),
    ),
    "wire: other origin": (True, wire.texts(lambda text: _ORIGIN.sub("https://shop.example", text))),
    "wire: other runtime": (True, wire.texts(lambda text: text.replace("python3.11", "python3.14"))),
    "wire: other order": (True, wire.texts(lambda text: text.replace("order 1042", "order 77"))),
    "wire: other place": (
        False,
        wire.texts(
            lambda text: text.replace("process_order", "refund_customer").replace(
                "processOrder", "refundCustomer"
            )
        ),
    ),
    "wire: other type": (False, wire.texts(lambda text: text.replace("PaymentError", "WarehouseError"))),
}


def _rewired(name: str) -> Iterator[Pair]:
    events = captures.load(name).read().events
    for kind, (alike, change) in _REWRITTEN.items():
        changed = wire.changed(name, change)
        if changed is None:
            continue
        for number, (one, two) in enumerate(zip(events, changed, strict=True)):
            if "origin" in kind and one.logger == "csp-violation":
                continue  # it names the host
            if (alike or one.exceptions != two.exceptions) and (alike or not one.fingerprint):
                yield Pair(f"{name}#{number}", kind, alike, one, two)
