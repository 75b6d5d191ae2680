"""Opens listening sockets, or says why that fails. Loads nothing but the standard library.

For some clients `localhost` means ::1 (Node 18 tries nothing else), so a receiver on 127.0.0.1 also listens
there.
"""

import errno
import logging
import socket

log = logging.getLogger(__name__)

BACKLOG = 1024
NEIGHBOURS = 50
_WSAEACCES = 10013
LOOPBACK = {"127.0.0.1": "::1", "localhost": "::1"}


class PortTaken(Exception):
    """Another program listens on the port; `suggested_port` was free a moment ago."""

    def __init__(self, port: int, suggested_port: int | None) -> None:
        instead = f" Port {suggested_port} is free." if suggested_port else ""
        super().__init__(f"Port {port} is taken by another program.{instead}")
        self.port = port
        self.suggested_port = suggested_port


class CannotListen(Exception):
    """The host can't be listened on; the text says why."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen on `host`; port 0 takes a free one. Raises `PortTaken` and `CannotListen`."""
    try:
        return _listen(host, port)
    except OSError as error:
        if _is_taken(error):
            raise PortTaken(port, _free_port(host, port)) from error
        raise CannotListen(
            f"Arecibo cannot listen on {host}, port {port}: {error.strerror or error}."
        ) from error


def _listen(host: str, port: int) -> list[socket.socket]:
    first = _bound(host, port)
    twin = LOOPBACK.get(host)
    if twin is None or not socket.has_ipv6:
        return [first]
    try:
        return [first, _bound(twin, first.getsockname()[1])]
    except OSError as error:
        if _is_taken(error):
            first.close()
            if port == 0:
                return _listen(host, port)
            raise
        # This machine has no IPv6, so no client will use it.
        log.debug("Not listening on %s: %s", twin, error)
        return [first]


def _is_taken(error: OSError) -> bool:
    """Windows says "forbidden", too, of a port that another program has for itself, or has set aside."""
    return error.errno == errno.EADDRINUSE or getattr(error, "winerror", None) == _WSAEACCES


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _name, where = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # A port that this program used a minute ago can be opened again.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(where)
        bound.listen(BACKLOG)
    except OSError:
        bound.close()
        raise
    return bound


def _free_port(host: str, taken: int) -> int | None:
    for port in range(taken + 1, min(taken + 1 + NEIGHBOURS, 65536)):
        try:
            sockets = _listen(host, port)
        except OSError:
            continue
        for each in sockets:
            each.close()
        return port
    return None
