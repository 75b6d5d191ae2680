"""A cache of entries for repeated events: in a flood only ids and times differ.

Two reports with the same sketch (`app.protocols.sketch`) and of the same sender are filed alike, so for
the second no event is built, no grouping key and no text for the search. That is most of the digest's
work.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from app.digest.entries import callers, entries
from app.digest.entries.entries import Entries, EventEntry
from app.digest.grouping.rules import GroupingRule
from app.model import Report, to_micros
from app.protocols.sketch import Outlined, Sketch

# A sketch is about two kilobytes; larger ones are rare, and not worth their memory.
MOST = 1_024
LARGEST_BYTES = 8_192
# After so many events in a row of which none was known, only every eighth is looked up: that takes 31 µs, in
# vain while no two are alike. A flood that begins then is noticed at the second that is looked up.
PATIENCE = 2_048
LOOKED_UP = 8

# What else an event depends on: its report's format, project and, if the client asks for it, sender.
_Likeness = tuple[str, str, str, bytes]


class Repeats:
    """Caches the entries of sketches, and nothing else of their reports, until the rules change."""

    def __init__(self) -> None:
        self._known: dict[_Likeness, EventEntry] = {}
        self._rules: Sequence[GroupingRule] = ()
        self._unknown = 0

    def entries(self, report: Report, outlined: Outlined, rules: Sequence[GroupingRule]) -> Entries:
        """The entries of `report`, as `entries.of` makes them, from the cache where its sketch is known."""
        if not isinstance(outlined, Sketch):
            return entries.of(report, outlined, rules=rules)
        if rules is not self._rules:
            self._known.clear()
            self._rules = rules
        same = outlined.encode() if self._looks_up() else None
        if same is None:
            return entries.of(report, outlined.deliver(), rules=rules)
        likeness = (report.protocol, report.project, report.remote, same)
        known = self._known.get(likeness)
        if known is not None:
            self._unknown = 0
            return _again(known, report, outlined)
        made = entries.of(report, outlined.deliver(), rules=rules)
        if len(same) <= LARGEST_BYTES:
            if len(self._known) >= MOST:
                self._known.clear()
            (self._known[likeness],) = made.events
        return made

    def _looks_up(self) -> bool:
        self._unknown += 1
        return self._unknown <= PATIENCE or self._unknown % LOOKED_UP == 0


def _again(known: EventEntry, report: Report, sketch: Sketch) -> Entries:
    at = to_micros(sketch.timestamp)
    return Entries(
        report=report,
        project=report.project or known.project,
        events=(replace(known, event_id=sketch.event_id, timestamp=at),),
        files=(),
        feedback=(),
        others={},
        caller=callers.name_of(report, ()),
        skew=at - report.received_at if at != report.received_at else None,
    )
