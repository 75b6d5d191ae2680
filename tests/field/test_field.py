"""Every request from the field gives what is right."""

from pathlib import Path
from typing import Any

import pytest

from app.store.database import Database
from tests.field import inputs
from tests.field.inputs import Inbox

SEQUENCES = inputs.sequences()


@pytest.mark.parametrize("name", SEQUENCES)
def test_a_request_from_the_field_gives_what_is_right(name: str, database: Database, tmp_path: Path) -> None:
    inbox = Inbox(database, tmp_path)
    before: list[dict[str, Any]] = []
    for one in SEQUENCES[name]:
        request = inputs.load(one)
        events = inbox.take(request)
        assert request.checks, f"{one} checks nothing"
        assert not inputs.wrong(events, request.checks, before), request.text
        assert not [query for query in request.searches if not inbox.finds(query, events[-1]["issue_id"])]
        if request.resolve_in is not None:
            inbox.resolve(events[-1]["issue_id"], request.resolve_in)
        before = events
