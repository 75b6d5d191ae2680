"""The signals that are sent of what was filed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.digest import after_commit
from app.listeners.listeners import Listeners
from tests.factories import Store, make_event

CODE = """
from app import signals

@signals.issue_created.connect
def created(_sender, **values):
    raise ValueError(f"created {values['issue_id']} {values['event'].event_id}")

@signals.event_assigned.connect
def assigned(_sender, **values):
    raise ValueError(f"assigned {values['issue'].id} {values['event'].event_id}")
"""
LIMIT = 1 << 20


@pytest.fixture
def listeners(tmp_path: Path) -> Iterator[Listeners]:
    file = tmp_path / "listeners.py"
    file.write_text(CODE, "utf-8")
    loaded = Listeners(file)
    loaded.refresh()
    yield loaded
    file.unlink()
    loaded.refresh()


def test_each_event_is_assigned_and_only_the_first_creates_its_issue(
    store: Store, listeners: Listeners
) -> None:
    outcome = store.file(make_event(), make_event())
    after_commit.send_signals(store.database, listeners, outcome, LIMIT)
    first, second = (filed.report.event_id for filed in outcome.filed)
    assert {failure.error for failure in listeners.failures.take()} == {
        f"ValueError: assigned 1 {first}",
        f"ValueError: assigned 1 {second}",
        f"ValueError: created 1 {first}",
    }


def test_without_listeners_nothing_is_read_again(store: Store) -> None:
    outcome = store.file(make_event())
    nobody = Listeners(None)
    store.database.close()
    after_commit.send_signals(store.database, nobody, outcome, LIMIT)
    assert nobody.failures.take() == []
