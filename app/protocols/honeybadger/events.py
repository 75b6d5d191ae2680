"""The events of Honeybadger's Insights: one JSON object a line, most of them no errors.

Those are counted. Only a line with the level of an error becomes an event, such as what an app wrote with
`console.error`.
"""

from typing import Any

from app.model import Event, Level, Report
from app.protocols import stacktrace
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, levels
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

KIND = "event_log"
_BAD = frozenset((Level.FATAL, Level.ERROR))
_LEVELS = ("severity", "level")
_WORDS = ("message", "error_message", "msg")


def read(report: Report, body: bytes) -> Delivery:
    """The errors among the lines, and how many others there are. Raises nothing."""
    events: list[Event] = []
    others = 0
    for line in filter(None, map(bytes.strip, body.split(b"\n"))):
        notes = Notes(subject="event")
        value = fitting.lenient(line, notes)
        for item in value if isinstance(value, list) else [value]:
            level = _level(item)
            if level in _BAD:
                events.append(_event(dict(item), level, report, len(events), notes))
            else:
                others += 1
    return Delivery(events=tuple(events), others={KIND: others} if others else {})


def _level(item: Any) -> Level | None:
    if not isinstance(item, dict):
        return None
    return next((level for name in _LEVELS if (level := levels.find(item.get(name))) is not None), None)


def _event(item: dict[str, Any], level: Level, report: Report, number: int, notes: Notes) -> Event:
    name = next((name for name in _WORDS if isinstance(item.get(name), str)), None)
    message = item.pop(name) if name else None
    parsed = stacktrace.read(message or "", None, notes, "message")
    for used in _LEVELS:
        if levels.find(item.get(used)) is level:
            del item[used]
    kind = item.get("event_type")
    return event_builder.build(
        report,
        notes,
        fallback_id=event_builder.id_of(report, number),
        timestamp=item.pop("ts") if isinstance(item.get("ts"), (str, float, int)) else None,
        level=level,
        exceptions=parsed.exceptions,
        threads=parsed.threads,
        message=message or (lenient_json.as_text(kind) if kind is not None else None),
        platform=parsed.platform,
        extra=item,
    )
