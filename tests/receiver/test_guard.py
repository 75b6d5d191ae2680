"""Whom the receiver talks to."""

import pytest

from app.receiver.guard import Guard
from app.receiver.refused import Refused
from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Running

EVENT = "0123456789abcdef0123456789abcdef"

LOCAL = [
    "localhost",
    "LOCALHOST:1974",
    "localhost.",
    "shop.localhost:9",
    "127.0.0.1",
    "127.9.9.9:80",
    "[::1]",
    "[::1]:1974",
    "host.docker.internal:1974",
    "api.raygun.io",
]
FOREIGN = [
    "evil.example",
    "raygun.io",
    "evil.example:1974",
    "localhost.evil.example",
    "evil-localhost",
    "192.168.1.5:1974",
    "127.0.0.1.evil.example",
    "user@localhost",
    "localhost/evil",
    "",
    "[::1",
    "2130706433",
]


@pytest.mark.parametrize("host", LOCAL)
def test_local_names(host: str) -> None:
    Guard("127.0.0.1").check_host(host.encode(), "127.0.0.1")


@pytest.mark.parametrize("host", FOREIGN)
def test_names_of_others(host: str) -> None:
    with pytest.raises(Refused) as raised:
        Guard("127.0.0.1").check_host(host.encode(), "127.0.0.1")
    assert raised.value.status == 421


def test_without_a_name_only_this_machine() -> None:
    guard = Guard("127.0.0.1")
    guard.check_host(None, "127.0.0.1")
    guard.check_host(None, "::1")
    with pytest.raises(Refused):
        guard.check_host(None, "192.168.1.5")


def test_bound_to_the_network_its_own_address_is_a_valid_host() -> None:
    guard = Guard("0.0.0.0")
    guard.check_host(b"192.168.1.5:1974", "192.168.1.9")
    with pytest.raises(Refused):
        guard.check_host(b"evil.example", "192.168.1.9")


def test_the_bound_name_is_local() -> None:
    Guard("devbox.lan").check_host(b"devbox.lan:1974", "192.168.1.9")


def test_any_key_is_welcome_unless_some_are_known() -> None:
    Guard("127.0.0.1").check_key("anything")
    guard = Guard("127.0.0.1", ("shop",))
    guard.check_key("shop")
    with pytest.raises(Refused) as raised:
        guard.check_key("stranger")
    assert raised.value.status == 403


@pytest.mark.parametrize("host", ["raygun.localhost", "127.0.0.1", "localhost:1"])
def test_the_port_in_the_host_header_does_not_matter(running: Running, host: str) -> None:
    assert running.ask(body=envelope(EVENT), headers={"Host": host}).status == 200


@pytest.mark.parametrize(("method", "path"), [("POST", ENVELOPE), ("GET", "/"), ("OPTIONS", ENVELOPE)])
def test_a_rebound_name_gets_nothing(running: Running, method: str, path: str) -> None:
    answer = running.ask(method, path, body=envelope(EVENT), headers={"Host": "evil.example"})
    assert answer.status == 421
    assert b"evil.example" in answer.body
    assert b"dsn" not in answer.body
    assert answer.headers["access-control-allow-origin"] == "*"
    assert running.stored() == []
