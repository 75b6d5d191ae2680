"""Starting, stopping, and ports that are taken."""

import http.client
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from app.receiver import server, sockets
from app.receiver.server import SideDoor
from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Running, Start

LOADED_WITH = """
import sys
from pathlib import Path
from app.receiver.group_commit import GroupCommit
from app.receiver.server import Receiver
from app.settings import Settings
from app.store.database import open_for_engine
settings = Settings(data_dir=Path(sys.argv[1]), port=0, smtp_port=int(sys.argv[2]) if sys.argv[2] else None)
commits = GroupCommit(open_for_engine(settings.data_dir).database, settings)
receiver = Receiver(settings, commits)
receiver.start()
receiver.stop()
print("aiosmtpd" in sys.modules)
"""
EVENT = "0123456789abcdef0123456789abcdef"


def test_listens_where_it_says(running: Running) -> None:
    assert running.ask(body=envelope(EVENT)).status == 200


def test_the_port_is_free_after_the_stop(running: Running) -> None:
    running.stop()
    for each in sockets.listen("127.0.0.1", running.port):
        each.close()


def test_stopping_twice_is_no_harm(running: Running) -> None:
    running.receiver.stop()
    running.receiver.stop()


def test_half_a_head_does_not_hold_up_the_stop(running: Running) -> None:
    connection = running.raw()
    connection.sendall(b"POST /api/1/envelope/ HTTP/1.1\r\nHost: local")
    running.receiver.stop()
    # A connection with unread bytes is reset, one without is closed.
    with suppress(ConnectionResetError):
        assert connection.recv(1) == b""


def test_half_a_body_does_not_hold_up_the_stop(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "GRACE_SECONDS", 0.2)
    connection = running.raw()
    connection.sendall(
        b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf" % ENVELOPE.encode()
    )
    running.ask("GET", "/")
    [refusal] = running.refusals()
    assert refusal.status == 400
    assert "after 4 of 100 bytes" in refusal.reason
    assert refusal.body == b"half"
    assert running.stored() == []


def test_idle_connections_are_closed_by_the_stop(running: Running) -> None:
    connection = running.connect()
    connection.request("POST", ENVELOPE, envelope(EVENT))
    assert connection.getresponse().read()
    running.receiver.stop()
    assert connection.sock.recv(1) == b""


def test_spotlight_has_a_port_of_its_own(running: Running) -> None:
    port = int((running.receiver.spotlight.url or "").rpartition(":")[2])
    assert port != running.port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/stream", envelope(EVENT))
    assert connection.getresponse().status == 200
    connection.close()
    (stored,) = running.stored()
    assert (stored.protocol, stored.project) == ("sentry.stream", "")


def test_spotlights_port_may_be_taken_or_not_wanted(start: Start) -> None:
    port = int((start().receiver.spotlight.url or "").rpartition(":")[2])
    for more, why in (
        ({"spotlight_port": port}, f"port {port} is taken by another program"),
        ({"spotlight": False}, ""),
    ):
        second = start(**more)
        assert second.receiver.spotlight == SideDoor(why_not=why)
        assert second.ask("GET", "/").status == 200


@pytest.mark.parametrize(("smtp_port", "loaded"), [("", "False"), ("0", "True")])
def test_only_an_engine_that_takes_mail_loads_smtp(smtp_port: str, loaded: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOADED_WITH, str(tmp_path), smtp_port]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == loaded
