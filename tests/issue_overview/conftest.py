"""Stores that real reports have been digested into."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.digest.pipeline import Digest
from app.settings import Settings
from tests.factories import NOON, SECOND, Store, append, envelope, make_report

Send = Callable[..., str]


@pytest.fixture
def send(store: Store, tmp_path: Path) -> Send:
    """Sends one Sentry event with these fields, a second after the last; returns its id."""
    sent: list[str] = []

    def send(**fields: Any) -> str:
        number = len(sent) + 1
        event_id = f"{number:032x}"
        at = NOON + number * SECOND
        body = envelope(event_id, **({"timestamp": at / SECOND} | fields))
        append(store.database, make_report(number, event_id=event_id, at=at, body=body))
        Digest(store.database, Settings(data_dir=tmp_path)).run()
        sent.append(event_id)
        return event_id

    return send
