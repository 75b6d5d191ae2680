"""Who can reach the engine, and at which addresses: only this machine while it listens on loopback.

Errors contain secrets, and sending one needs no login. So a user who opens the port is warned, and offered
keys: with `known_keys` set, only requests with one of them are taken.
"""

import ipaddress
import secrets
import socket
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

if sys.platform == "linux":
    import fcntl

from app.settings import Settings

EXAMPLE_PROJECT = "my_app"
_KEY_BYTES = 6
# Documentation addresses (RFC 5737, RFC 3849): connecting a datagram socket to one sends nothing.
_FAR = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
_SIOCGIFADDR = 0x8915


class Reach(Struct, frozen=True, kw_only=True):
    """An engine open to the network: its addresses there, and whether it takes only known keys."""

    urls: tuple[str, ...]
    needs_key: bool

    @property
    def title(self) -> str:
        """Who can reach it, in a sentence."""
        who = "Whoever has a known key" if self.needs_key else "Anyone on this network"
        where = f" at {' and '.join(self.urls)}" if self.urls else ""
        return f"{who} can send errors to this engine{where}."


def of(url: str, settings: Settings) -> Reach | None:
    """Who reaches the engine at `url`; None while only this machine does. Asks no name server."""
    where = urlsplit(url)
    host = where.hostname or ""
    if is_loopback(host):
        return None
    port = f":{where.port}" if where.port else ""
    found = [host] if not _is_any(host) else dict.fromkeys(_addresses())
    urls = (f"http://{f'[{each}]' if ':' in each else each}{port}" for each in found)
    return Reach(urls=tuple(urls), needs_key=bool(settings.known_keys))


def advice(settings_file: Path) -> str:
    """How to admit only one's own apps: a settings line to paste, with a key that cannot be guessed."""
    key = new_key()
    return (
        f'To take errors only from your own apps, put known_keys = ["{key}"] into {settings_file} '
        f"(or start it with ARECIBO_KNOWN_KEYS={key}), start it again, and send to http://{key}@HOST:PORT/1."
    )


@cache
def new_key() -> str:
    """A random key for an app, which is also its project's name. The same while this process runs."""
    return f"{EXAMPLE_PROJECT}_{secrets.token_hex(_KEY_BYTES)}"


def is_loopback(host: str) -> bool:
    """Whether `host` means nothing but this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        # A name: only this one always means this machine.
        return host == "localhost"


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _addresses() -> Iterator[str]:
    """This machine's addresses, the one that others most probably use first."""
    for family, far in _FAR:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((far, 9))
                yield probe.getsockname()[0]
        except OSError:
            # No network of this kind.
            continue
    yield from _interfaces()


def _interfaces() -> Iterator[str]:
    if sys.platform == "linux":
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            for _number, name in socket.if_nameindex():
                request = name.encode()[:15].ljust(40, b"\0")
                try:
                    answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, request)
                except OSError:
                    # An interface without an address.
                    continue
                address = socket.inet_ntoa(answer[20:24])
                if not is_loopback(address):
                    yield address
    else:
        # Elsewhere nobody is asked: the address of the way out is known.
        yield from ()
