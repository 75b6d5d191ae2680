"""The port is open before the engine is loaded, and says at once when it cannot be."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from msgspec.structs import replace

from app import paths
from app.engine import door
from app.engine.cannot_start import CannotStart
from app.settings import Settings

LOADED_BY_THE_DOOR = """
import sys, json
from app.engine import door
from app.settings import Settings
sockets = door.open_door(Settings(port=0))
print(json.dumps([sockets[0].getsockname()[1], sorted(sys.modules)]))
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, port=0)


def close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()


def test_it_takes_connections_before_anything_answers(settings: Settings) -> None:
    sockets = door.open_door(settings)
    with socket.create_connection(sockets[0].getsockname()[:2], timeout=5) as client:
        client.sendall(b"POST /api/1/envelope/ HTTP/1.1\r\n")
    close(sockets)


def test_it_loads_neither_the_store_nor_the_web_server() -> None:
    command = [sys.executable, "-c", LOADED_BY_THE_DOOR]
    said = subprocess.run(command, cwd=Path(__file__).parents[2], check=True, capture_output=True)
    port, modules = json.loads(said.stdout)
    assert port > 0
    assert not {"sqlalchemy", "uvicorn", "apscheduler", "asyncio", "filelock"} & set(modules)


def test_a_taken_port_comes_with_a_free_one(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(CannotStart) as refused:
            door.open_door(replace(settings, port=taken))
    assert refused.value.kind == "port-taken"
    assert refused.value.suggested_port not in (None, taken)


def test_a_port_that_this_folders_engine_has_is_no_other_program(settings: Settings) -> None:
    lock = FileLock(settings.data_dir / paths.ENGINE_LOCK)
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        lock,
        pytest.raises(CannotStart, match="Another Arecibo already works") as refused,
    ):
        door.open_door(replace(settings, port=other.getsockname()[1]))
    assert refused.value.kind == "data-dir-locked"


def test_a_stale_lock_file_is_ignored(settings: Settings) -> None:
    (settings.data_dir / paths.ENGINE_LOCK).touch()
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(CannotStart, match="taken by another program"),
    ):
        door.open_door(replace(settings, port=other.getsockname()[1]))


def test_an_address_of_another_machine(settings: Settings) -> None:
    with pytest.raises(CannotStart, match="cannot listen") as refused:
        door.open_door(replace(settings, host="192.0.2.1"))
    assert refused.value.kind == "address-unusable"
