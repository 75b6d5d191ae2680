"""Sends one request and reads the beginning of its answer. Redirects are not followed."""

import http.client
import ssl
import time
from contextlib import suppress
from threading import Lock
from urllib.parse import quote, urlsplit

from msgspec import Struct

from app.loopback import is_loopback
from app.replay.repeatable import HEADER_NAME, TOKEN_HEADER, Repeatable, base_of

TIMEOUT_SECONDS = 30.0
MOST_READ = 64 * 1024
_PATH_CHARACTERS = "/%:@!$&'()*+,;=~-._[]"


class ReplayError(Exception):
    """The request could not be sent, or nothing answered; the text is a sentence for the user."""


class Answer(Struct, frozen=True, kw_only=True):
    """What the app answered: the first `MOST_READ` bytes of the body as text, and how long it took."""

    status: int
    reason: str
    body: str
    seconds: float


class Sending:
    """One request under way. `cancel` may be called from another thread."""

    def __init__(self, request: Repeatable, token: str) -> None:
        self._request = request
        self._token = token
        self._lock = Lock()
        self._connection: http.client.HTTPConnection | None = None
        self._is_cancelled = False

    def run(self) -> Answer:
        """Send it and wait for the answer. Raises `ReplayError`."""
        if not base_of(self._request.url):
            raise ReplayError("The address must begin with http:// or https:// and name a host.")
        if not HEADER_NAME.fullmatch(self._request.method):
            raise ReplayError(f"{self._request.method} is no method of HTTP.")
        where = urlsplit(self._request.url)
        began = time.monotonic()
        try:
            connection = self._open(where.scheme, where.hostname or "", where.port)
            path = quote(where.path or "/", safe=_PATH_CHARACTERS)
            path += f"?{quote(where.query, safe=_PATH_CHARACTERS + '?')}" if where.query else ""
            body = self._request.body.encode("utf-8", "replace") if self._request.body else None
            headers = {name: value.encode("utf-8", "replace") for name, value in self._request.headers}
            connection.request(
                self._request.method, path, body, headers | {TOKEN_HEADER: self._token.encode()}
            )
            answer = connection.getresponse()
            read = answer.read(MOST_READ)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if self._is_cancelled:
                raise ReplayError("Cancelled. The app may have received the request.") from error
            raise ReplayError(
                f"{where.hostname} did not answer: {str(error) or type(error).__name__}. Is the app running?"
            ) from error
        finally:
            self._close()
        return Answer(
            status=answer.status,
            reason=answer.reason,
            body=read.decode("utf-8", "replace"),
            seconds=time.monotonic() - began,
        )

    def cancel(self) -> None:
        """End it now; `run` then raises `ReplayError`."""
        with self._lock:
            self._is_cancelled = True
            if self._connection is not None and self._connection.sock is not None:
                # Only a shutdown wakes the thread that reads; it is gone already where the app hung up.
                with suppress(OSError):
                    self._connection.sock.shutdown(2)

    def _open(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        if scheme == "https":
            context = ssl.create_default_context()
            if is_loopback(self._request.url):
                # A local app's certificate is its own.
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
        with self._lock:
            if self._is_cancelled:
                raise ConnectionAbortedError("cancelled")
            self._connection = connection
        connection.connect()
        return connection

    def _close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
