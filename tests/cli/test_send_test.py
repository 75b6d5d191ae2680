"""The test error: a real exception, sent to a real engine over HTTP."""

from pathlib import Path

from app.cli import send_test
from app.detail import read_event
from app.engine.engine import Engine
from app.settings import Settings
from app.store.inbox.lists import events
from tests.factories import Store


def test_engine_accepts_and_files_the_error(tmp_path: Path) -> None:
    engine = Engine(Settings(data_dir=tmp_path, port=0, spotlight_port=0, digest_inline=True))
    url = engine.start()
    result = send_test.send(url)
    store = Store(engine.database)
    assert result.ok
    assert result.event_id is not None
    pk = store.read(events.find, result.event_id)
    assert pk is not None
    found = store.read(read_event, pk)
    engine.stop()
    assert found is not None
    assert found.event.project == send_test.PROJECT
    (raised,) = found.event.exceptions
    assert raised.type == "TestError"
    crash = raised.frames[-1]
    assert crash.function == "check_the_line"
    assert crash.line is not None
    assert dict(crash.context)[crash.line].strip().startswith("raise TestError(")
    assert crash.vars["receiver"] == "'Arecibo'"


def test_a_refused_connection_is_a_failure_with_advice() -> None:
    result = send_test.send("http://127.0.0.1:1")
    assert (result.ok, result.event_id) == (False, None)
    assert "main.py serve" in result.message
