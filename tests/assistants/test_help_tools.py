"""Why nothing arrives, and how an app is pointed here."""

from pathlib import Path

from app import paths
from app.engine import address
from app.engine.address import EngineAddresses
from tests.assistants.conftest import Ask, Send
from tests.factories import Store


def test_the_doctor_answers_with_and_without_a_store(ask: Ask, store: Store, tmp_path: Path) -> None:
    assert "No engine runs" in ask("doctor").text
    store.database.close()
    (tmp_path / paths.DATABASE).write_bytes(b"broken " * 2_000)
    broken = ask("doctor")
    assert not broken.failed
    assert "PROBLEM" in broken.text
    (tmp_path / paths.DATABASE).unlink()
    assert "There is no error store" in ask("doctor").text


def test_the_doctor_names_who_called(ask: Ask, send: Send) -> None:
    send(sdk={"name": "sentry.python", "version": "2.0"})
    assert "Clients that sent reports" in ask("doctor").text


def test_the_clients_are_listed_and_one_has_its_lines(ask: Ask, store: Store, tmp_path: Path) -> None:
    address.write(tmp_path, EngineAddresses(url="http://127.0.0.1:4711", smtp="smtp://127.0.0.1:2626"))
    assert "Sentry for Flask" in ask("connect_app").text
    flask = ask("connect_app", client="sentry for flask", project="my shop`").text
    assert "http://my_shop_@127.0.0.1:4711/1" in flask
    assert "2626" in ask("connect_app", client="Django's error mails").text


def test_an_unknown_client_is_told_with_what_is_alike(ask: Ask, store: Store) -> None:
    refused = ask("connect_app", client="sentry")
    assert refused.failed
    assert "Sentry for Python" in refused.text
    assert "There is no client" in ask("connect_app", client="`` zzzz").text
    assert "# Honeybadger for Python" in ask("connect_app", client="honeybadger").text
