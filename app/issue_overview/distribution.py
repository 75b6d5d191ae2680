"""How the events of an issue spread over each tag's values and over the hours of the day.

From the issue's counters: exact, also for events that retention has removed.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from app.model import from_micros
from app.store.inbox.counts import tallies

if TYPE_CHECKING:
    from app.store.database import Connection

MOST_VALUES = 8
HOUR_MICROS = 3_600_000_000
# What people ask for first; other tags follow by name.
_FIRST = ("environment", "release", "browser", "os", "user", "transaction", "server_name", "url")


class Spread(Struct, frozen=True, kw_only=True):
    """The commonest values of one tag, with how many events each has, the commonest first.

    `others` are the events with other values, `different` how many values there are in all, `without` the
    issue's events that have no such tag.
    """

    name: str
    values: tuple[tuple[str, int], ...]
    others: int
    different: int
    without: int


class Distribution(Struct, frozen=True, kw_only=True):
    """All tags of an issue, and its events by hour of the day (24 numbers, on this computer's clock)."""

    events: int
    spreads: tuple[Spread, ...]
    hours: tuple[int, ...]


def of(
    connection: "Connection", issue_id: int, local: Callable[[datetime], datetime] = datetime.astimezone
) -> Distribution:
    """The distribution of an issue's events. `local` turns a time into this computer's time zone."""
    tally = tallies.read(connection, issue_id)
    by_name: dict[str, Counter[str]] = {}
    for (name, value), count in tally.tags.items():
        by_name.setdefault(name, Counter())[value] += count
    hours = [0] * 24
    for hour, count in tally.hours.items():
        hours[local(from_micros(hour * HOUR_MICROS)).hour] += count
    names = sorted(by_name, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    spreads = tuple(_spread(name, by_name[name], tally.count) for name in names)
    return Distribution(events=tally.count, spreads=spreads, hours=tuple(hours))


def _spread(name: str, counts: Counter[str], events: int) -> Spread:
    most = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])
    total = counts.total()
    return Spread(
        name=name,
        values=most,
        others=total - sum(count for _value, count in most),
        different=len(counts),
        without=max(0, events - total),
    )
