"""Responses as bytes, always with the headers that let a web page send errors here.

CORS as in docs/protocols.md, section 1, rule 11: any page may send, none may read anything back but the
answer to what it sent.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus

from app.receiver.refused import Refused

Headers = list[tuple[bytes, bytes]]

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
JSON = b"application/json"
# Rollbar's are never sent, but its client reads them, and the browser's console would complain.
EXPOSED_HEADERS = (
    b"X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After, Rollbar-Replay-Enabled, "
    b"Rollbar-Replay-RateLimit-Remaining, Rollbar-Replay-RateLimit-Reset"
)
CORS: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED_HEADERS),
]
METHODS = b"GET, POST, OPTIONS"
USUAL_HEADERS = (
    b"content-type, content-encoding, cache-control, x-api-key, x-rollbar-access-token, bugsnag-api-key, "
    b"bugsnag-payload-version, bugsnag-sent-at, authorization, x-sentry-auth, baggage, traceparent"
)
# A page on a public address needs these before it may send to this machine.
NETWORK_ACCESS = {
    b"access-control-request-private-network": b"access-control-allow-private-network",
    b"access-control-request-local-network": b"access-control-allow-local-network",
}


@lru_cache(maxsize=512)
def head(status: int, content_type: bytes, length: int, more: tuple[tuple[bytes, bytes], ...] = ()) -> bytes:
    """Status line and headers of an answer of `length` bytes, and the empty line after them."""
    # A 204 has neither (RFC 9110, section 8.6).
    entity = [] if status == 204 else [(b"content-type", content_type), (b"content-length", b"%d" % length)]
    headers = [*entity, *CORS, *more]
    lines = b"".join(b"%b: %b\r\n" % header for header in headers)
    return b"HTTP/1.1 %d %b\r\n%b\r\n" % (status, HTTPStatus(status).phrase.encode(), lines)


def refusal(refused: Refused) -> tuple[Headers, bytes]:
    """The extra headers and the body of a refusal. Sentry SDKs log the header `X-Sentry-Error`."""
    answer: dict[str, str | int] = {"detail": refused.reason}
    if refused.offset is not None:
        answer["offset"] = refused.offset
    headers = [(b"x-sentry-error", _printable(refused.reason))]
    if refused.retry_after is not None:
        headers.append((b"retry-after", b"%d" % refused.retry_after))
    if refused.rate_limits is not None:
        headers.append((b"x-sentry-rate-limits", refused.rate_limits.encode()))
    return headers, json.dumps(answer).encode()


def preflight(request_headers: Mapping[bytes, bytes]) -> Headers:
    """The headers of the 204 that allows a web page to send whatever its preflight request names."""
    headers = [
        *CORS,
        (b"allow", METHODS),
        (b"access-control-allow-methods", METHODS),
        (
            b"access-control-allow-headers",
            request_headers.get(b"access-control-request-headers") or USUAL_HEADERS,
        ),
        (b"access-control-max-age", b"600"),
    ]
    return headers + [
        (allow, b"true") for ask, allow in NETWORK_ACCESS.items() if request_headers.get(ask) == b"true"
    ]


def _printable(text: str) -> bytes:
    return bytes(byte if 32 <= byte < 127 else 63 for byte in text[:500].encode("ascii", "replace"))
