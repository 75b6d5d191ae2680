"""What the scrub rules hide in the events that are stored: where, by which rule, and how often."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from app import detail, store
from app.model import UserAgent
from app.plain_text import one_line
from app.preferences import ScrubPattern
from app.scrub import rules
from app.scrub.rules import BUILT_IN
from app.scrub.values import Scrubber
from app.sharing.what_goes import outgoing, place_name

if TYPE_CHECKING:
    from app.store.database import Connection

MOST_EVENTS = 200
_LONGEST_SAMPLE = 60
# Told after each event how many were read; returns whether to go on.
Progress = Callable[[int, int], bool]


class Finding(Struct, frozen=True):
    """What one rule hides in one place: so many values in so many events, such as `sample`."""

    place: str
    rule: str
    values: int
    events: int
    sample: str


class ScrubPreview(Struct, frozen=True):
    """What the rules hide in the newest events; the most frequent first."""

    findings: tuple[Finding, ...]
    events: int
    problems: tuple[str, ...] = ()


class _Tally(Struct):
    values: int = 0
    events: int = 0
    last_event: int = -1
    sample: str = ""


def over_newest(
    connection: "Connection",
    patterns: Sequence[ScrubPattern],
    *,
    most: int = MOST_EVENTS,
    progress: Progress = lambda _done, _total: True,
) -> ScrubPreview | None:
    """What the built-in rules and `patterns` hide in the newest events; None when it was cancelled."""
    in_force = rules.made(patterns)
    built_in = rules.made(())
    newest = store.events.summaries(connection, limit=most)
    tallies: dict[tuple[str, str], _Tally] = {}
    number = 0

    def note(place: str, rule: str, what: str, values: int = 1) -> None:
        tally = tallies.setdefault((place, rule), _Tally())
        tally.values += values
        tally.events += tally.last_event != number
        tally.last_event = number
        tally.sample = tally.sample or one_line(what, _LONGEST_SAMPLE)

    scrubber = Scrubber(
        in_force, lambda place, rule, what: note(place_name(place), rule, what), only_own=True
    )
    for number, summary in enumerate(newest):
        if not progress(number, len(newest)):
            return None
        # The parser of user agents takes long to load, and says nothing new here.
        found = detail.read_event(connection, summary.pk, read_agent=lambda raw: UserAgent(raw=raw))
        if found is None:
            continue
        for place, values in outgoing(found.event, built_in).hidden.items():
            note(place, BUILT_IN, "", values)
        scrubber.struct(found.event)
    findings = [
        Finding(place, rule, tally.values, tally.events, tally.sample)
        for (place, rule), tally in tallies.items()
    ]
    findings.sort(key=lambda finding: (finding.rule == BUILT_IN, -finding.values))
    return ScrubPreview(tuple(findings), len(newest), in_force.problems)
