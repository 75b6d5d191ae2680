"""Calls of tools in this process, on the store of a test.

From outside, by the protocol, they are tested in `end2end/test_mcp.py`.
"""

import itertools
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from app.assistants.answering import Answer, answer
from app.assistants.call import Call
from app.digest.pipeline import Digest
from app.settings import Settings
from tests.factories import NOON, SECOND, Store, append, envelope, make_report

Ask = Callable[..., Answer]
Send = Callable[..., str]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def ask(settings: Settings) -> Ask:
    """Call a tool by its name; returns what it answers."""

    def ask_tool(name: str, *, read_only: bool = False, **arguments: object) -> Answer:
        return answer(Call(settings, is_read_only=read_only), name, arguments)

    return ask_tool


@pytest.fixture
def send(store: Store, settings: Settings) -> Send:
    """Digest an event that a client sent, given as Sentry has it; returns its id."""
    numbers = itertools.count(1)

    def send_event(project: str = "shop", at: int | None = None, **event: object) -> str:
        number, event_id = next(numbers), uuid.uuid4().hex
        moment = NOON + number * SECOND if at is None else at
        body = envelope(event_id, **{"timestamp": moment / SECOND, **event})
        append(store.database, make_report(number, project=project, at=moment, event_id=event_id, body=body))
        Digest(store.database, settings).run()
        return event_id

    return send_event


def stack(*frames: dict[str, object], type_: str = "KeyError", value: str = "'card'") -> dict[str, object]:
    """What an event has to have for an exception with these frames."""
    return {"values": [{"type": type_, "value": value, "stacktrace": {"frames": list(frames)}}]}
