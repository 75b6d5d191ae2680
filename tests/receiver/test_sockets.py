"""Sockets that listen on both loopback addresses, and why some cannot."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.receiver import sockets
from app.receiver.sockets import CannotListen, PortTaken


def close(listening: list[socket.socket]) -> None:
    for each in listening:
        each.close()


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_both_loopback_addresses_take_connections_at_the_same_port(host: str) -> None:
    listening = sockets.listen(host, 0)
    (port,) = {each.getsockname()[1] for each in listening}
    if len(listening) == 1:
        close(listening)
        pytest.skip("this machine has no ::1")
    for address in ("127.0.0.1", "::1"):
        socket.create_connection((address, port), timeout=5).close()
    close(listening)


def test_a_taken_port_comes_with_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(PortTaken) as raised:
            sockets.listen("127.0.0.1", taken)
    assert raised.value.port == taken
    suggested = raised.value.suggested_port
    assert suggested is not None
    assert str(suggested) in str(raised.value)
    close(sockets.listen("127.0.0.1", suggested))


def test_a_port_that_is_taken_on_the_other_loopback_address_is_taken() -> None:
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError as error:
        pytest.skip(f"this machine has no ::1: {error}")
    with other, pytest.raises(PortTaken):
        sockets.listen("127.0.0.1", other.getsockname()[1])


def test_a_port_that_was_ours_is_ours_again_at_once() -> None:
    first = sockets.listen("127.0.0.1", 0)
    port = first[0].getsockname()[1]
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        # The side that closes first is the one whose port stays in use for a while.
        first[0].accept()[0].close()
    close(first)
    close(sockets.listen("127.0.0.1", port))


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(CannotListen, match=r"192\.0\.2\.1"):
        sockets.listen("192.0.2.1", 0)


def test_it_loads_no_library() -> None:
    command = [sys.executable, "-c", "import sys, app.receiver.sockets; print(*sys.modules)"]
    said = subprocess.run(command, cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True)
    assert not {"sqlalchemy", "uvicorn", "msgspec", "asyncio"} & set(said.stdout.split())


def test_a_port_that_windows_keeps_for_another_is_taken() -> None:
    error = OSError(13, "An attempt was made to access a socket in a way forbidden by its access permissions")
    assert not sockets._is_taken(error)
    error.winerror = 10013  # type: ignore[attr-defined,unused-ignore]
    assert sockets._is_taken(error)
