"""What goes back to the client, as ASGI messages, always with the headers that let a web page send errors.

CORS as in PROTOCOLS.md, section 1, rule 11: any page may send, none may read anything back but the answer
to what it sent. Header lists are built once for each kind of answer and shared: uvicorn copies them.
"""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any

from app.receiver.refused import Refused

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

JSON = b"application/json"
CORS: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After"),
]
METHODS = b"GET, POST, OPTIONS"
USUAL_HEADERS = (
    b"content-type, content-encoding, cache-control, x-api-key, x-rollbar-access-token, bugsnag-api-key, "
    b"bugsnag-payload-version, bugsnag-sent-at, authorization, x-sentry-auth, baggage, traceparent"
)
# A page on a public address asks for these before it may talk to this machine.
NETWORK_ACCESS = {
    b"access-control-request-private-network": b"access-control-allow-private-network",
    b"access-control-request-local-network": b"access-control-allow-local-network",
}


@lru_cache(maxsize=256)
def start(status: int, content_type: bytes, length: int) -> Message:
    """The opening message of an answer of `length` bytes."""
    return {
        "type": "http.response.start",
        "status": status,
        "headers": [
            (b"content-type", content_type),
            (b"content-length", b"%d" % length),
            *CORS,
        ],
    }


def refusal(refused: Refused) -> tuple[Message, bytes]:
    """The opening message and the body of a refusal; `X-Sentry-Error` is what Sentry SDKs log."""
    said: dict[str, str | int] = {"detail": refused.reason}
    if refused.offset is not None:
        said["offset"] = refused.offset
    body = json.dumps(said).encode()
    headers: Headers = [
        (b"content-type", JSON),
        (b"content-length", b"%d" % len(body)),
        (b"x-sentry-error", printable(refused.reason)),
        *CORS,
    ]
    if refused.retry_after is not None:
        headers.append((b"retry-after", b"%d" % refused.retry_after))
    return {"type": "http.response.start", "status": refused.status, "headers": headers}, body


def preflight(asked: dict[bytes, bytes]) -> Message:
    """The opening message of the 204 that allows whatever a web page asks to send."""
    headers: Headers = [
        *CORS,
        (b"allow", METHODS),
        (b"access-control-allow-methods", METHODS),
        (
            b"access-control-allow-headers",
            asked.get(b"access-control-request-headers") or USUAL_HEADERS,
        ),
        (b"access-control-max-age", b"600"),
    ]
    headers += [(allow, b"true") for ask, allow in NETWORK_ACCESS.items() if asked.get(ask) == b"true"]
    return {"type": "http.response.start", "status": 204, "headers": headers}


def printable(text: str) -> bytes:
    """`text` as a header value: printable ASCII, at most 500 bytes."""
    return bytes(byte if 32 <= byte < 127 else 63 for byte in text[:500].encode("ascii", "replace"))
