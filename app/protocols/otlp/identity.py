"""The ids of events: OTLP has none, and a client sends a batch again when it had no answer.

So they are derived from what stays the same then: trace, span, time, text, and attributes with the stack
trace. A browser's clock has whole milliseconds, and two errors happen within one. Equal records of one
request are numbered.
"""

from collections import Counter

from msgspec import Struct, field

from app.model import Report
from app.protocols.event import event_builder, event_ids
from app.protocols.wire import lenient_json


class Ids(Struct):
    """The ids of the events of one request, in order."""

    report: Report
    given: int = 0
    seen: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def next(
        self, trace_id: str | None, span_id: str | None, time: object, attributes: object, *said: object
    ) -> str:
        """The id of a record, the same when it is sent again; without trace and time one of the report's.

        `attributes` are those of the record as they were sent, `said` is what else it says.
        """
        number = self.given
        self.given += 1
        if not (trace_id or span_id or time):
            return event_builder.id_of(self.report, number)
        parts = tuple(map(str, (trace_id, span_id, time, *said, lenient_json.as_text(attributes))))
        self.seen[parts] += 1
        return event_ids.derive("otlp", *parts, str(self.seen[parts]))
