"""Findings about the engine's address: whether it answers there, and who can reach it."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.doctor import engine_door
from app.doctor.finding import Severity
from app.engine import address
from app.engine.address import EngineAddresses
from app.engine.engine import Engine
from app.settings import Settings
from tests.doctor.examining import examined, titles
from tests.factories import Store


def test_no_engine_is_a_problem(store: Store, settings: Settings) -> None:
    found = examined(store, settings)
    assert titles(found, Severity.PROBLEM) == ["The engine does not run on this folder."]
    assert titles(found, Severity.WARNING) == ["No client has ever sent a report."]
    assert (found.callers, found.refusals) == ((), ())


def test_running_engine_answers(tmp_path: Path, settings: Settings) -> None:
    engine = Engine(settings)
    url = engine.start()
    found = examined(Store(engine.database), settings)
    engine.stop()
    assert found.url == url
    assert titles(found, Severity.PROBLEM) == []
    fine = titles(found, Severity.OK)
    assert fine[0] == f"The engine answers at {url}."
    assert fine[1].startswith("Spotlight's clients are heard on http://127.0.0.1:")
    assert "Only programs on this machine can send errors." in titles(found, Severity.NOTE)


def test_engine_that_does_not_answer_is_a_problem(store: Store, settings: Settings) -> None:
    address.write(
        settings.data_dir, EngineAddresses(url="http://127.0.0.1:1", no_spotlight="port 8969 is taken")
    )
    found = examined(store, settings)
    assert titles(found, Severity.PROBLEM)[0].startswith("Nobody answers at http://127.0.0.1:1: ")
    assert "Spotlight's clients are not heard: port 8969 is taken." in titles(found, Severity.NOTE)


@pytest.fixture
def other_program() -> Iterator[str]:
    """Another program's web server."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"It works!")

        def log_message(self, *_words: Any) -> None:
            """Log nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_another_program_on_the_port_is_a_problem(
    store: Store, settings: Settings, other_program: str
) -> None:
    address.write(settings.data_dir, EngineAddresses(url=other_program))
    assert titles(examined(store, settings), Severity.PROBLEM) == [
        f"At {other_program} another program answers."
    ]


def test_engine_open_to_the_network_is_a_warning(store: Store, settings: Settings) -> None:
    address.write(settings.data_dir, EngineAddresses(url="http://0.0.0.0:1", smtp="127.0.0.1:2525"))
    found = examined(store, settings)
    assert any("Anyone on this network" in title for title in titles(found, Severity.WARNING))
    assert "Error mails are taken at 127.0.0.1:2525." in titles(found, Severity.OK)


def test_open_port_counts_as_running(other_program: str) -> None:
    assert engine_door.is_there(EngineAddresses(url=other_program))
    assert not engine_door.is_there(EngineAddresses(url="http://127.0.0.1:1"))
    assert not engine_door.is_there(None)
