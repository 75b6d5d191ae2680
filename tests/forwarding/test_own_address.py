"""A target that is this engine is refused, by whatever name it goes."""

import socket

import pytest

from app.forwarding.own_address import OwnAddress, demand_other
from app.target_dsn import parse


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.9.8.7", "0.0.0.0"])
def test_this_engine_by_any_name_of_this_machine(host: str) -> None:
    with pytest.raises(OwnAddress, match="round in a circle"):
        demand_other(parse(f"http://k@{host}:1974/1"), (8969, 1974))


def test_this_machine_by_its_address_in_the_network() -> None:
    own = socket.gethostbyname(socket.gethostname())
    with pytest.raises(OwnAddress):
        demand_other(parse(f"http://k@{own}:1974/1"), (1974,))


@pytest.mark.parametrize(
    "dsn", ["http://k@127.0.0.1:8000/1", "http://k@192.0.2.7:1974/1", "http://k@no.such.host.invalid:1974/1"]
)
def test_others_are_not(dsn: str) -> None:
    demand_other(parse(dsn), (1974,))
