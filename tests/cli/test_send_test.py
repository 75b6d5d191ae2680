"""The test error is a real one, and what becomes of it is said."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import detail
from app.cli import send_test
from app.engine.engine import Engine
from app.settings import Settings
from app.store.inbox import events


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = Engine(Settings(data_dir=tmp_path, port=0, spotlight_port=0, digest_inline=True))
    engine.start()
    yield engine
    engine.stop()


def test_the_error_is_filed_with_its_stack_and_its_source(engine: Engine) -> None:
    sent = send_test.send(engine.url)
    assert sent.ok
    assert sent.event_id is not None
    with engine.database.reading() as connection:
        pk = events.find(connection, sent.event_id)
        assert pk is not None
        found = detail.read_event(connection, pk)
    assert found is not None
    event = found.event
    assert (event.project, event.environment, event.platform) == (send_test.PROJECT, "test", "python")
    (exception,) = event.exceptions
    assert exception.type == "TestError"
    raised = exception.frames[-1]
    assert (raised.filename, raised.function) == ("send_test.py", "check_the_line")
    assert "raise TestError" in dict(raised.context)[raised.line or 0]
    assert event.problems == ()


def test_a_port_that_nobody_listens_on_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    sent = send_test.send(f"http://127.0.0.1:{port}")
    assert (sent.ok, sent.event_id) == (False, None)
    assert "Start the engine with main.py serve" in sent.message


def test_a_refusal_is_said_with_its_reason(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, port=0, spotlight_port=0, digest_inline=True, known_keys=("shop",))
    engine = Engine(settings)
    engine.start()
    sent = send_test.send(engine.url)
    engine.stop()
    assert not sent.ok
    assert "answered 403" in sent.message
    assert send_test.PROJECT in sent.message
