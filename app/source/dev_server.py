"""Scripts and maps from a development server on this machine, by HTTP: loopback only, and GET only.

The address comes with an event, so anybody may have written it. Nothing but loopback is ever connected to,
whatever a name resolves to and wherever a server redirects; only paths that look like scripts or maps are
asked for; and there are limits of time and size.
"""

import http.client
import socket
import ssl
import time
from collections import OrderedDict
from contextlib import suppress
from threading import Lock, Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from msgspec import Struct

SECONDS = 2.0
LARGEST = 24 * 1024 * 1024
_MOST_HELD_BYTES = 64 * 1024 * 1024
_MOST_HELD = 200
_FRESH_SECONDS = 20.0
_MOST_REDIRECTS = 3
_LONGEST_URL = 2_000
_BLOCK = 64 * 1024
# The addresses themselves, not the name: a hosts file could lead it elsewhere.
_LOOPBACK = {"localhost": ("127.0.0.1", "::1"), "127.0.0.1": ("127.0.0.1",), "::1": ("::1",)}
_ENDINGS = (
    ".js",
    ".mjs",
    ".cjs",
    ".jsx",
    ".ts",
    ".tsx",
    ".mts",
    ".vue",
    ".svelte",
    ".astro",
    ".map",
    ".bundle",
)
_REDIRECTS = (301, 302, 303, 307, 308)


class NotFetched(Exception):
    """There is nothing to show; the text is half a sentence for people: `localhost:5173 does not answer`."""


class Silent(NotFetched):
    """The server does not answer, or not in time."""


class Fetched(Struct, frozen=True):
    """What a server answered. `map_header` is the address of a map that it names in a header."""

    url: str
    body: bytes
    map_header: str = ""
    etag: str = ""


class DevServers:
    """Remembers what was fetched and what failed, for a while. Safe to use from several threads."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[float, Fetched | NotFetched]] = OrderedDict()
        self._silent: dict[str, tuple[float, NotFetched]] = {}

    def get(self, url: str) -> Fetched:
        """What the server on this machine answers. Raises `NotFetched`."""
        check(url)
        with self._lock:
            at, held = self._held.get(url, (0.0, None))
        if held is not None and time.monotonic() - at < _FRESH_SECONDS:
            found = held
        else:
            found = self._fetch_or_why(url, held if isinstance(held, Fetched) else None)
            self._hold(url, found)
        if isinstance(found, NotFetched):
            raise NotFetched(*found.args)
        return found

    def _fetch_or_why(self, url: str, known: Fetched | None) -> Fetched | NotFetched:
        place = urlsplit(url).netloc
        at, silent = self._silent.get(place, (0.0, None))
        # One that does not answer would be waited for again for each of its scripts.
        if silent is not None and time.monotonic() - at < _FRESH_SECONDS:
            return silent
        self._silent.pop(place, None)
        try:
            return self._fetch(url, known)
        except Silent as error:
            if len(self._silent) >= _MOST_HELD:
                self._silent.clear()
            self._silent[place] = (time.monotonic(), error)
            return error
        except NotFetched as error:
            return error

    def _hold(self, url: str, found: Fetched | NotFetched) -> None:
        with self._lock:
            self._held.pop(url, None)
            self._held[url] = (time.monotonic(), found)
            while len(self._held) > 1 and (len(self._held) > _MOST_HELD or self._bytes() > _MOST_HELD_BYTES):
                self._held.popitem(last=False)

    def _bytes(self) -> int:
        return sum(len(found.body) for _, found in self._held.values() if isinstance(found, Fetched))

    def _fetch(self, url: str, known: Fetched | None) -> Fetched:
        deadline = time.monotonic() + self._seconds
        place = ""
        for _ in range(_MOST_REDIRECTS + 1):
            parts = check(url)
            place = parts.netloc
            connection = _connected(parts, self._seconds)
            limit = _ending_at(deadline, connection)
            response = None
            try:
                response = self._ask(connection, parts, known)
                if response.status in _REDIRECTS:
                    url = urljoin(url, response.headers.get("Location", ""))
                    continue
                if response.status == 304 and known is not None:
                    return known
                if response.status != 200:
                    raise NotFetched(f"{place} answers {response.status} to {parts.path}")
                body = _body(response, deadline, place)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise Silent(f"{place} does not answer") from error
            finally:
                limit.cancel()
                if response is not None:
                    response.close()
                connection.close()
            named = response.headers.get("SourceMap") or response.headers.get("X-SourceMap") or ""
            return Fetched(url, body, named[:_LONGEST_URL], response.headers.get("ETag", "")[:200])
        raise NotFetched(f"{place} redirects again and again")

    def _ask(
        self, connection: http.client.HTTPConnection, parts: SplitResult, known: Fetched | None
    ) -> http.client.HTTPResponse:
        headers = {"Host": parts.netloc, "Accept": "*/*", "Accept-Encoding": "identity"}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers=headers)
        return connection.getresponse()


def check(url: str) -> SplitResult:
    """The parts of an address that may be asked. Raises `NotFetched`."""
    try:
        parts = urlsplit(url if len(url) <= _LONGEST_URL else "")
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotFetched("the address is none") from error
    if parts.scheme not in ("http", "https"):
        raise NotFetched("the address is none of a server")
    if host not in _LOOPBACK or "@" in parts.netloc:
        raise NotFetched(f"{host[:60] or 'the server'} is not this machine, and others are not asked")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise NotFetched("the address is none")
    if not parts.path.lower().endswith(_ENDINGS):
        raise NotFetched("the address is none of a script")
    return parts


def _connected(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    for host in _LOOPBACK[parts.hostname or ""]:
        if parts.scheme == "http":
            connection = http.client.HTTPConnection(host, parts.port, timeout=seconds)
        else:
            # Certificates of development servers are made by themselves; nothing secret is sent.
            context = ssl._create_unverified_context()  # noqa: S323
            connection = http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=context)
        try:
            connection.connect()
        except OSError:
            connection.close()
        else:
            return connection
    raise Silent(f"{parts.netloc} does not answer")


def _ending_at(deadline: float, connection: http.client.HTTPConnection) -> Timer:
    """Cuts off a server that sends a byte now and then, for which no time limit of a socket is over."""
    limit = Timer(max(0.0, deadline - time.monotonic()), _shut, (connection.sock,))
    limit.daemon = True
    limit.start()
    return limit


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):  # it was closed meanwhile
        connected.shutdown(socket.SHUT_RDWR)


def _body(response: http.client.HTTPResponse, deadline: float, place: str) -> bytes:
    taken = bytearray()
    while block := response.read1(_BLOCK):
        taken += block
        if len(taken) > LARGEST:
            raise NotFetched(f"what {place} sends is larger than {LARGEST // 1024 // 1024} MB")
    if time.monotonic() > deadline or response.length:
        raise Silent(f"{place} takes too long")
    return bytes(taken)


shared = DevServers()
"""The one of this program."""
