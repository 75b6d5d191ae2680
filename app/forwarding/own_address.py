"""Whether a target is this engine itself: what it passed on to itself would come back for ever."""

import ipaddress
import socket
from collections.abc import Collection
from contextlib import closing

from app.target_dsn import Dsn


class OwnAddress(Exception):
    """The target is this engine; the text says so."""


def demand_other(target: Dsn, own_ports: Collection[int]) -> None:
    """Raises `OwnAddress` when the target is this machine, at one of the ports that this engine listens on.

    Asks the name server, if the host is a name and the port is one of ours. A name that is not found is not
    ours.
    """
    if target.port in own_ports and _is_here(target.host):
        raise OwnAddress(
            f"The target is this Arecibo itself ({target.host}, port {target.port}): its reports would go "
            "round in a circle. Give the DSN of another server."
        )


def _is_here(host: str) -> bool:
    try:
        found = {each[4][0] for each in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False
    return any(_is_own(str(address)) for address in found)


def _is_own(address: str) -> bool:
    """Whether this machine has the address: then, and only then, a socket can be bound to it."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if parsed.is_loopback or parsed.is_unspecified:
        return True
    family = socket.AF_INET6 if parsed.version == 6 else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True
