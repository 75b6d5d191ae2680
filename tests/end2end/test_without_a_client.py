"""Errors without a client library: curl, Django's error mails, and a mail of the first Arecibo."""

import json
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.engine import address
from tests.end2end.engine_process import EngineProcess, rows, run

APP = Path(__file__).parent / "apps" / "django_that_mails.py"
TRACE = (
    'Traceback (most recent call last):\n  File "/srv/backup.py", line 3, in run\n    x()\nOSError: no space'
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineProcess]:
    """The real engine, which also accepts mails."""
    process = EngineProcess(tmp_path, ARECIBO_SMTP_PORT="0")
    yield process
    assert process.stop() == 0
    assert process.errors == ""


def mail_port(engine: EngineProcess) -> int:
    listening = address.read(engine.data_dir)
    assert listening is not None
    return urlsplit(listening.smtp or "").port or 0


def curl(engine: EngineProcess, path: str, *arguments: str) -> Any:
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--fail", engine.url + path, *arguments],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    return json.loads(done.stdout)


def event(engine: EngineProcess, event_id: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(run("event", event_id, "--json", data_dir=engine.data_dir).stdout)
    return read


def test_curl(engine: EngineProcess, tmp_path: Path) -> None:
    (tmp_path / "errors.txt").write_text(TRACE)
    ids = [
        curl(engine, "/shop", "--data-binary", "The nightly backup failed")["id"],
        curl(engine, "/shop", "--data-binary", f"@{tmp_path / 'errors.txt'}")["id"],
        curl(engine, "/shop", "--json", '{"message": "The disk is nearly full", "level": "warning"}')["id"],
        curl(engine, "/", "--form", "message=of a form", "--form", "app=shop")["id"],
    ]
    engine.wait_digested(4)
    text, trace, disk, form = (event(engine, event_id) for event_id in ids)

    assert {read["project"] for read in (text, trace, disk, form)} == {"shop"}
    assert (text["title"], text["level"]) == ("The nightly backup failed", "error")
    assert (trace["title"], trace["culprit"]) == ("OSError: no space", "/srv/backup.py in run")
    assert (disk["title"], disk["level"]) == ("The disk is nearly full", "warning")
    assert form["title"] == "of a form"


def test_django_mails_its_admins(engine: EngineProcess) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(APP), str(mail_port(engine))],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    engine.wait_digested(1)
    (listed,) = rows("events", data_dir=engine.data_dir)
    read = event(engine, listed["event_id"])

    assert (read["project"], read["protocol"], read["level"]) == ("shop", "email", "error")
    assert read["title"] == "PaymentError: no card for order 42"
    assert read["culprit"].endswith("django_that_mails.py in checkout")
    cause, raised = read["exceptions"]
    assert cause["frames"][-1]["function"] == "charge_card"
    assert cause["frames"][-1]["vars"]["order"] == "42"
    assert raised["mechanism"] == {"type": "django", "handled": False}
    assert read["request"]["url"] == "http://testserver/checkout/42?coupon=x"
    assert read["request"]["body"]["password"] == "[Filtered]"
    assert read["problems"] == []


def test_mail_of_the_first_arecibo(engine: EngineProcess) -> None:
    fields = {
        "account": "shop",
        "priority": 1,
        "type": "OSError",
        "msg": "no space",
        "traceback": TRACE,
        "uid": "1",
    }
    text = f"From: noreply@clearwind.ca\r\nTo: arecibo@localhost\r\n\r\n{json.dumps(fields)}"
    with smtplib.SMTP("127.0.0.1", mail_port(engine), timeout=20) as client:
        client.sendmail("noreply@clearwind.ca", "arecibo@localhost", text)
        client.sendmail("noreply@clearwind.ca", "arecibo@localhost", text)
    engine.wait_digested(1)
    (listed,) = rows("events", data_dir=engine.data_dir)

    assert (listed["project"], listed["title"], listed["level"]) == ("shop", "OSError: no space", "fatal")
    assert engine.status()["received"] == 2
