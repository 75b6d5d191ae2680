"""Real reports, digested into a store as the engine does it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from app.digest import understanding
from app.digest.entries import entries
from app.digest.filing import filing
from app.store.database import Database
from app.store.queue import report_queue
from tests.factories import NOON, append, envelope, make_report


class Arrivals:
    """Digests reports into a store as the engine does. `send` returns the report's number."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._number = 0

    def send(
        self,
        type_: str = "KeyError",
        value: str = "'card'",
        *,
        files: Mapping[str, bytes] | None = None,
        **event: Any,
    ) -> int:
        self._number += 1
        event_id = f"{self._number:032x}"
        frame = {"filename": "shop/checkout.py", "function": "charge_card", "lineno": 12, "in_app": True}
        exception = {"values": [{"type": type_, "value": value, "stacktrace": {"frames": [frame]}}]}
        body = envelope(event_id, **({"exception": exception} | event))
        for name, content in (files or {}).items():
            head = msgspec.json.encode({"type": "attachment", "filename": name, "length": len(content)})
            body += head + b"\n" + content + b"\n"
        report = make_report(self._number, event_id=event_id, body=body)
        append(self.database, report)
        delivery = understanding.understand(report, 1 << 20)
        with self.database.writing() as connection:
            filing.file(connection, [entries.of(report, delivery)], NOON)
            report_queue.advance(connection, report.id)
        return self._number
