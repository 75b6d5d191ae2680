"""The catalogue's lines for use without a client, and for a client without a DSN, run unchanged."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app import clients
from app.engine import address
from app.model import Event, Level
from app.settings import Settings
from tests.clients.arrivals import Arrivals
from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT, EngineProcess

PROJECT = "corner_shop"
DJANGO = "Django's error mails"
BACKUP = """\
#!/bin/sh
exec python -c "from tests.clients.python.shop import checkout; checkout('backup')"
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """An engine that accepts mails, and listens on Spotlight's own port if that is free."""
    spotlight = str(Settings().spotlight_port)
    process = EngineProcess(
        tmp_path_factory.mktemp("engine"), ARECIBO_SMTP_PORT="0", ARECIBO_SPOTLIGHT_PORT=spotlight
    )
    yield process
    assert process.stop() == os.EX_OK
    assert process.errors == ""


def lines(engine: EngineProcess, name: str) -> str:
    """The catalogue's lines, with the address of this engine."""
    listening = address.read(engine.data_dir)
    assert listening is not None
    mails = urlsplit(listening.smtp or "").port or 0
    (found,) = [one for one in clients.clients(engine.url, PROJECT, mails) if one.name == name]
    return found.code


def in_shell(code: str, folder: Path) -> None:
    """Run `code` as in a terminal; the programs that it starts may fail, but must exist."""
    done = subprocess.run(
        ["sh", "-c", code],
        cwd=folder,
        env={"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert "not found" not in done.stderr
    assert "curl: (" not in done.stderr


def curled(engine: EngineProcess, name: str, folder: Path, number: int) -> list[Event]:
    """Run the catalogue's lines; returns the events that arrived, all in the project that the lines name."""
    with Arrivals(engine) as arrivals:
        in_shell(lines(engine, name), folder)
        events = arrivals.events(number)
    assert {event.project for event in events} == {PROJECT}
    assert all(event.problems == () for event in events)
    return events


def test_curl_with_text(engine: EngineProcess, tmp_path: Path) -> None:
    backup = tmp_path / "nightly-backup"
    backup.write_text(BACKUP, "utf-8")
    backup.chmod(0o755)
    sentence, trace = curled(engine, "curl, with text", tmp_path, 2)
    assert (sentence.title, sentence.level) == ("The nightly backup failed", Level.ERROR)
    assert trace.title == "PaymentError: payment failed for order backup"
    assert [raised.type for raised in trace.exceptions] == ["KeyError", "PaymentError"]
    assert trace.exceptions[0].frames[-1].function == "charge_card"


def test_curl_with_json(engine: EngineProcess, tmp_path: Path) -> None:
    (event,) = curled(engine, "curl, with JSON", tmp_path, 1)
    assert (event.title, event.level) == ("The disk is nearly full", Level.WARNING)
    assert event.tags == {"disk": "/var"}


def test_the_form_of_the_first_arecibo(engine: EngineProcess, tmp_path: Path) -> None:
    (event,) = curled(engine, "Arecibo of 2010, by form", tmp_path, 1)
    assert event.title == "PaymentError: no card for order 42"
    assert event.request is not None
    assert event.request.url == "http://shop.example/checkout"


def test_django_mails_to_its_admins(engine: EngineProcess, tmp_path: Path) -> None:
    (tmp_path / "shop_settings.py").write_text(
        f"{lines(engine, DJANGO)}\n"
        "ROOT_URLCONF, ALLOWED_HOSTS, SECRET_KEY = 'shop_urls', ['*'], 'only for the test'\n",
        "utf-8",
    )
    (tmp_path / "shop_urls.py").write_text(
        "from django.urls import path\n"
        "from tests.clients.python.shop import checkout\n"
        "urlpatterns = [path('checkout/<order_id>', lambda request, order_id: checkout(order_id))]\n",
        "utf-8",
    )
    visit = "import django; django.setup(); from django.test import Client; "
    visit += "Client(raise_request_exception=False).get('/checkout/mail?page=2')"
    with Arrivals(engine) as arrivals:
        in_shell(f'DJANGO_SETTINGS_MODULE=shop_settings PYTHONPATH=".:{ROOT}" python -c "{visit}"', tmp_path)
        event = arrivals.event()
    assert (event.project, event.protocol) == (PROJECT, "email")
    assert event.title == "PaymentError: payment failed for order mail"
    assert event.exceptions[0].frames[-1].function == "charge_card"
    assert event.request is not None
    assert (event.request.url or "").startswith("http://testserver/checkout/mail")


@pytest.mark.all_clients
def test_sentry_without_a_dsn(engine: EngineProcess, tmp_path: Path) -> None:
    listening = address.read(engine.data_dir)
    if listening is None or listening.spotlight is None:
        pytest.skip("somebody else listens on Spotlight's port")
    folder = tmp_path / PROJECT
    folder.mkdir()
    app = "from tests.clients.python.drive import main\n\nmain(globals(), 'sentry', 'message', 'unhandled')\n"
    (folder / "app.py").write_text(app, "utf-8")
    with Arrivals(engine) as arrivals:
        in_shell(lines(engine, "Sentry for Python, without a DSN"), folder)
        message, crash = arrivals.events(2)
    assert message.title == "the cart of message is empty"
    assert crash.title == "PaymentError: payment failed for order unhandled"
    assert crash.project == PROJECT
    assert message.project in (PROJECT, socket.gethostname())  # its event names no file of the app
