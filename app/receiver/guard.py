"""Decides who may send: only requests for a local name, and with `known_keys` only those with such a key.

A web page whose DNS name has been rebound to this machine still sends that name in `Host`, so a name that is
not local gets nothing. Only the name counts: raygun for Node leaves the port out (docs/protocols.md, section
1, rule 9). An address is no name, and can't be rebound.
"""

import ipaddress
import re
from collections.abc import Collection

from app.receiver.refused import Refused

# Names by which containers reach their host; no name under `.internal` can be registered.
FROM_CONTAINERS = frozenset({"host.docker.internal", "host.containers.internal"})
# raygun for Node up to 2.0 sends this name, whatever its endpoint. Only its owner could rebind the name.
BY_CLIENTS = frozenset({"api.raygun.io"})
HOST = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<name>[^\s:\[\]/@]+))(?::\d*)?")
REMEMBERED = 64


class Guard:
    """The rules of one receiver, bound to `host`."""

    def __init__(self, host: str, known_keys: Collection[str] = ()) -> None:
        self._bound_name = host.strip("[]").lower()
        self._is_exposed = not _is_loopback(self._bound_name)
        self._known_keys = frozenset(known_keys)
        self._local: set[bytes] = set()

    def check_host(self, value: bytes | None, remote: str) -> None:
        """Raises `Refused` (421) unless the Host header names this machine.

        HTTP/1.0 has no such header: then only clients on this machine may send.
        """
        if value in self._local:
            return
        if value is None:
            if not _is_loopback(remote):
                raise Refused(421, "The request names no host, and comes from another machine.")
            return
        text = value.decode("latin-1").strip()
        if not self._is_local(text):
            raise Refused(
                421,
                f"Arecibo only takes requests for this machine, such as localhost; this one is for {text!r}.",
            )
        if len(self._local) < REMEMBERED:
            self._local.add(value)

    def check_key(self, project: str) -> None:
        """Raises `Refused` (403) when only known keys are accepted and this is none of them."""
        if self._known_keys and project not in self._known_keys:
            raise Refused(
                403, f"The key {project!r} is not known here; the setting known_keys lists those that are."
            )

    def _is_local(self, host: str) -> bool:
        match = HOST.fullmatch(host)
        if match is None:
            return False
        name = (match["v6"] or match["name"]).lower().removesuffix(".")
        if _is_loopback(name) or name == self._bound_name or name in FROM_CONTAINERS | BY_CLIENTS:
            return True
        # Clients on the network address an exposed receiver by its IP address.
        return self._is_exposed and _address(name) is not None


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and address.is_loopback


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        # It is a name.
        return None
