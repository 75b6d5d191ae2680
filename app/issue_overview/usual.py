"""What is unusual about one event of an issue: the values that hardly any of the others have.

The others are the issue's newest events, as many as are read in a blink.
"""

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from app.issue_overview import differences, whole_events
from app.model import Event
from app.store.grouping import issue_events

if TYPE_CHECKING:
    from app.digest.understanding import ReadAgent
    from app.store.database import Connection

MOST_OTHERS = 100
# A value that so many of the others have is usual. Ids and times, of which no two agree, have none.
USUAL_FROM = 0.5
_LEAST_OTHERS = 3


class Unusual(Struct, frozen=True, kw_only=True):
    """A value of the event that few others have. `usual` is the commonest of theirs, None: they have none.

    `share` is the part of the others that have the event's value, `usual_share` the part that has the usual.
    """

    part: str
    path: str
    value: str | None
    share: float
    usual: str | None
    usual_share: float


class Comparison(Struct, frozen=True, kw_only=True):
    """What is unusual, the strangest first, against how many other events."""

    others: int
    unusual: tuple[Unusual, ...]


def read(
    connection: "Connection", issue_id: int, pk: int, read_agent: "ReadAgent | None" = None
) -> Comparison:
    """Compare event `pk` with the newest others of its issue; `others` is 0 when they are too few."""
    numbers = issue_events.newest(connection, MOST_OTHERS + 1, issue=issue_id)
    others = [
        event for number, event in whole_events.read(connection, [*numbers, pk], read_agent) if number != pk
    ][:MOST_OTHERS]
    own = [event for number, event in whole_events.read(connection, [pk], read_agent) if number == pk]
    if not own or len(others) < _LEAST_OTHERS:
        return Comparison(others=0, unusual=())
    return Comparison(others=len(others), unusual=unusual(own[0], others))


def unusual(event: Event, others: Collection[Event]) -> tuple[Unusual, ...]:
    """The values in which `event` is unlike most of the others, the strangest first."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for other in others:
        for part, values in differences.taken_apart(other).items():
            for path, text in values.items():
                counts.setdefault((part, path), Counter())[text] += 1
    own = {
        (part, path): text
        for part, values in differences.taken_apart(event).items()
        for path, text in values.items()
    }
    found = []
    for place in dict.fromkeys([*own, *counts]):
        value, seen = own.get(place), counts.get(place, Counter[str]())
        share = _share(seen, value, len(others))
        without = len(others) - seen.total()
        usual, times = seen.most_common(1)[0] if seen else (None, 0)
        if without > times:
            usual, times = None, without
        usual_share = times / len(others)
        if share < USUAL_FROM and usual != value and usual_share >= USUAL_FROM:
            part, path = place
            found.append(
                Unusual(part=part, path=path, value=value, share=share, usual=usual, usual_share=usual_share)
            )
    found.sort(key=lambda each: (each.share, -each.usual_share))
    return tuple(found)


def _share(seen: Counter[str], value: str | None, others: int) -> float:
    return (seen[value] if value is not None else others - seen.total()) / others
