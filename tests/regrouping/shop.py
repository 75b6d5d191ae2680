"""A store of real reports that tests regroup, and the counters of its issues, recounted from its events."""

import itertools
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.digest.grouping.rules import Definition
from app.digest.pipeline import Digest
from app.regrouping import apply_plan, plans, splits, stored_events
from app.regrouping.plans import Plan
from app.regrouping.worker import Regrouper
from app.settings import Settings
from app.store import schema as t
from app.store.database import Database
from app.store.grouping import corrections, regrouping
from app.store.inbox.counts import tallies
from app.store.inbox.counts.tallies import CountedEvent
from app.store.inbox.issues import descriptions
from tests.factories import NOON, SECOND, append, envelope, make_report


class Shop:
    """Sends real reports to a store, digests them, merges and undoes."""

    def __init__(self, database: Database, tmp_path: Path) -> None:
        self.database = database
        self._digest = Digest(database, Settings(data_dir=tmp_path))
        self._numbers = itertools.count(1)

    def send(
        self,
        function: str = "charge",
        value: str = "'card'",
        user: str = "",
        tags: dict[str, str] | None = None,
        project: str = "shop",
    ) -> int:
        """Send one error raised in `function`; returns the issue in which it was filed."""
        number = next(self._numbers)
        frame = {
            "filename": "shop/checkout.py",
            "module": "shop.checkout",
            "function": function,
            "in_app": True,
        }
        raised = {"type": "KeyError", "value": value, "stacktrace": {"frames": [frame]}}
        fields: dict[str, Any] = {"exception": {"values": [raised]}, "tags": tags or {}}
        if user:
            fields["user"] = {"id": user}
        event_id = uuid.uuid4().hex
        at = NOON + number * 700 * SECOND
        body = envelope(event_id, **fields)
        append(self.database, make_report(number, event_id=event_id, body=body, at=at, project=project))
        self._digest.run()
        with self.database.reading() as connection:
            query = select(t.events.c.issue_id).where(t.events.c.event_id == event_id)
            return int(connection.execute(query).scalar_one())

    def send_mixed(self) -> int:
        """Four errors of one issue, of two users, values and regions each; returns the issue."""
        issue = self.send(value="'card'", user="ada", tags={"region": "eu"})
        self.send(value="'card'", user="bob", tags={"region": "us"})
        self.send(value="'iban'", user="bob", tags={"region": "eu"})
        self.send(value="'card'", user="cid", tags={"region": "eu"})
        return issue

    def send_two_bugs(self) -> tuple[int, int]:
        """Two errors of each of two issues; returns the issues."""
        first = self.send("charge", user="ada", tags={"region": "eu"})
        self.send("charge", user="bob", tags={"region": "us"})
        second = self.send("refund", user="ada", tags={"region": "eu"})
        self.send("refund", value="'iban'", user="cid", tags={"region": "eu"})
        return first, second

    def merge(self, into: int, *others: int) -> int:
        """Begin to merge."""
        with self.database.writing() as connection:
            return regrouping.merge(connection, others, into, NOON)

    def undo(self, number: int) -> None:
        """Begin to undo."""
        with self.database.writing() as connection:
            regrouping.undo(connection, number, NOON)

    def plan(self, definition: Definition, issue: int | None = None) -> Plan:
        """What a rule would do."""
        with self.database.reading() as connection:
            return plans.of_rule(connection, definition, project="shop", issue=issue)

    def apply(self, plan: Plan, kind: str = "rule") -> int:
        """Begin to apply a plan."""
        with self.database.writing() as connection:
            return apply_plan.apply(connection, plan, NOON, kind)

    def split(self, issue: int, by: str) -> int:
        """Begin to split an issue."""
        with self.database.reading() as connection:
            definition = splits.apart(connection, issue, by)
        return self.apply(self.plan(definition, issue), "split")

    def settle(self) -> None:
        """Complete every regrouping that was begun."""
        regrouper = Regrouper(self.database)
        while regrouper.step():
            pass

    def shown(self) -> dict[int, tuple[Any, ...]]:
        """(count, users, first and last seen, title, tags, hours) of each issue that is shown."""
        with self.database.reading() as connection:
            columns = (*t.issues.c, descriptions.TITLE.label("title"))
            query = select(*columns).select_from(descriptions.DESCRIBED)
            rows = connection.execute(query.where(t.issues.c.merged_into.is_(None))).all()
            found = {}
            for row in rows:
                counted = tallies.read(connection, row.id)
                assert row.users == len(counted.users)
                times = (row.first_seen, row.last_seen, row.title)
                found[row.id] = (row.count, counted.users, *times, counted.tags, counted.hours)
            return found

    def recounted(self) -> dict[int, tuple[Any, ...]]:
        """The values of `shown`, counted from the stored events alone."""
        with self.database.reading() as connection:
            numbers = list(connection.execute(select(t.events.c.id)).scalars())
            by_issue: dict[int, list[CountedEvent]] = {}
            for event in stored_events.read(connection, numbers):
                by_issue.setdefault(event.issue, []).append(event.counted)
        found = {}
        for issue, events in by_issue.items():
            counted = tallies.tally(events)
            times = (events[0].at, events[-1].at, events[-1].title)
            found[issue] = (counted.count, counted.users, *times, counted.tags, counted.hours)
        return found

    def keys(self) -> dict[str, int]:
        """The issue of each key."""
        with self.database.reading() as connection:
            return {row.key: row.issue_id for row in connection.execute(select(*t.issue_keys.c))}

    def states(self) -> Counter[str]:
        """How many regroupings are in which state."""
        with self.database.reading() as connection:
            return Counter(found.state.value for found in corrections.listed(connection))
