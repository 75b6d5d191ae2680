"""A real Bugsink, of PyPI, as the server that reports are passed on to: what arrives here is there, too."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import Struct

from app.target_dsn import parse
from tests.clients.python import environments
from tests.end2end.engine_process import EngineProcess, rows, run, wait_until

pytestmark = pytest.mark.all_clients

# The project is made as its own pages make it.
PROJECT = (
    "from projects.models import Project; from teams.models import Team; "
    "print('DSN', Project.objects.create(name='shop', team=Team.objects.create(name='t')).dsn)"
)
APP = """
import sentry_sdk
sentry_sdk.init({dsn!r}, traces_sample_rate=1.0)
with sentry_sdk.start_transaction(name="pay"):
    try:
        1 / 0
    except ZeroDivisionError:
        print(sentry_sdk.capture_exception())
sentry_sdk.flush()
"""


class Bugsink(Struct):
    """One that runs, with a project."""

    folder: Path
    dsn: str

    def event_ids(self) -> list[str]:
        """What its database has."""
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as database:
            return [str(row[0]) for row in database.execute("SELECT event_id FROM events_event")]


def _shell(programs: Path, folder: Path, code: str) -> list[str]:
    said = subprocess.run(
        [programs / "bugsink-manage", "shell", "-v", "0", "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return said.strip().splitlines()[-1].split()[1:]


@pytest.fixture
def bugsink(tmp_path: Path) -> Iterator[Bugsink]:
    programs = environments.python_of("bugsink").parent
    folder = tmp_path / "bugsink"
    folder.mkdir()
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    create: list[str | Path] = [
        programs / "bugsink-create-conf",
        "--template=local",
        f"--host=127.0.0.1:{port}",
    ]
    subprocess.run(create, cwd=folder, check=True, capture_output=True)
    # Its template adds a port of its own.
    settings = folder / "bugsink_conf.py"
    settings.write_text(settings.read_text().replace(f"127.0.0.1:{port}:8000", f"127.0.0.1:{port}"))
    migrate: list[str | Path] = [programs / "bugsink-manage", "migrate"]
    subprocess.run(migrate, cwd=folder, check=True, capture_output=True)
    (dsn,) = _shell(programs, folder, PROJECT)
    serve: list[str | Path] = [
        programs / "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--no-control-socket",
        "bugsink.wsgi",
    ]
    server = subprocess.Popen(serve, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: _listens(port), "Bugsink")
        yield Bugsink(folder, dsn)
    finally:
        server.terminate()
        server.wait()


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_what_a_client_sends_here_is_there_under_the_same_id(bugsink: Bugsink, tmp_path: Path) -> None:
    folder = tmp_path / "arecibo"
    folder.mkdir()
    engine = EngineProcess(folder)
    added = run("forward", "add", "shop", bugsink.dsn, data_dir=folder)
    assert bugsink.dsn not in added.stdout
    app = APP.format(dsn=engine.dsn())
    said = subprocess.run([sys.executable, "-c", app], capture_output=True, text=True, check=True)
    sent = said.stdout.strip()
    wait_until(lambda: rows("forward", data_dir=folder)[0]["sent"] > 0, "the error to be passed on")
    (told,) = rows("forward", data_dir=folder)
    assert told["last_error"] is None
    states = {each["event_id"]: each["state"] for each in rows("forward", "log", data_dir=folder)}
    assert states[sent] == "sent"
    assert [each.replace("-", "") for each in bugsink.event_ids()] == [sent]
    assert json.loads(run("event", sent, "--json", data_dir=folder).stdout)["event_id"] == sent
    assert engine.stop() == os.EX_OK
    assert parse(bugsink.dsn).key not in engine.errors
