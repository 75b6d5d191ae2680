"""Makes the request that passes a stored report on: the same body, with the target's own credentials. Pure.

The body stays as it came on the wire, with its Content-Encoding and Content-Type. One thing may contradict
the new credentials: the `dsn` that many clients write into an envelope's header, which servers compare. Only
then the header is written again, without touching what comes behind it, and a compressed body is compressed
anew.
"""

import gzip
import re
from urllib.parse import quote, urlencode

import msgspec
from msgspec import Struct

from app.protocols.wire import encoding, http_head
from app.target_dsn import Dsn

DECODED_LIMIT = 64 << 20
CLIENT = "arecibo/1"
MARK = "X-Arecibo-Forwarded"
# What servers look at, besides the body. Never cookies or other credentials of the app's own users.
_HEADERS = ("Content-Type", "Content-Encoding", "User-Agent", "Origin")
_CREDENTIALS = ("sentry_key", "sentry_secret", "sentry_version", "sentry_client")
_AUTH = re.compile(r"(sentry_\w+)\s*=\s*([^,\s]*)")
_PEEK = 64 << 10
_RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])
# What rate limits call the items of an envelope, where the names differ.
# Source: https://develop.sentry.dev/sdk/expected-features/rate-limiting/#definitions
_CATEGORIES = {"event": "error", "check_in": "monitor", "log": "log_item", "statsd": "metric_bucket"}


class Outgoing(Struct, frozen=True):
    """A request to be POSTed to `path`. `is_changed`: the header of its envelope was written again."""

    path: str
    headers: dict[str, str]
    body: bytes
    is_changed: bool


class Unforwardable(Exception):
    """The report cannot be passed on; the text is a sentence that says why."""


def make(target: Dsn, text: str, endpoint: str, head: bytes, body: bytes) -> Outgoing:
    """The request for `target`, whose DSN is `text`, at its `endpoint`: `envelope`, `store` or `minidump`.

    Raises `Unforwardable`.
    """
    headers = {name: value for name in _HEADERS if (value := http_head.header(head, name))}
    headers = {name: value.encode("latin-1", "replace").decode("latin-1") for name, value in headers.items()}
    sent_query = http_head.query(head)
    theirs = dict(_AUTH.findall(http_head.header(head, "X-Sentry-Auth"))) or sent_query
    auth = {
        "sentry_version": theirs.get("sentry_version", "7"),
        "sentry_client": theirs.get("sentry_client", CLIENT),
        "sentry_key": target.key,
    }
    if target.secret:
        auth["sentry_secret"] = target.secret
    headers["X-Sentry-Auth"] = "Sentry " + ", ".join(
        f"{name}={quote(value, safe='/.-_ ()+:')}" for name, value in auth.items()
    )
    headers[MARK] = "1"
    rest = [(name, value) for name, value in sent_query.items() if name not in _CREDENTIALS]
    path = f"{target.prefix}/api/{quote(target.project, safe='')}/{endpoint}/"
    path += f"?{urlencode(rest)}" if rest else ""
    is_changed = False
    if endpoint == "envelope":
        body, is_changed = _with_dsn(text, body, headers)
    headers["Content-Length"] = str(len(body))
    return Outgoing(path, headers, body, is_changed)


def categories(endpoint: str, head: bytes, body: bytes) -> frozenset[str]:
    """What rate limits call the content: the category of each item in the first 64 KiB of an envelope."""
    if endpoint != "envelope":
        return frozenset(("error",))
    try:
        start, _whole = encoding.peek(body, http_head.header(head, "Content-Encoding"), size=_PEEK)
    except encoding.EncodingError:
        return frozenset(("error",))
    found = set()
    for line in start.split(b"\n")[1:]:
        if line[:1] == b"{" and len(line) < 4_096 and b'"type"' in line:
            try:
                kind = msgspec.json.decode(line, type=_ItemHeader).type
            except msgspec.MsgspecError:
                continue
            found.add(_CATEGORIES.get(kind, kind))
    return frozenset(found)


class _ItemHeader(Struct):
    type: str


def _with_dsn(text: str, body: bytes, headers: dict[str, str]) -> tuple[bytes, bool]:
    """The envelope with the target's DSN in its header, if another one is there; and whether it was."""
    content_encoding = headers.get("Content-Encoding", "")
    try:
        start, _whole = encoding.peek(body, content_encoding, size=_PEEK)
        if b'"dsn"' not in start.partition(b"\n")[0]:
            return body, False
        decoded = encoding.decode(body, content_encoding, limit=DECODED_LIMIT)
    except encoding.EncodingError as error:
        raise Unforwardable(
            f"Whether its header contradicts the target cannot be read, so it is not passed on: {error}"
        ) from error
    line, newline, rest = decoded.partition(b"\n")
    try:
        header = _RAW.decode(line)
    except msgspec.MsgspecError:
        # The target reads no DSN in it either.
        return body, False
    if "dsn" not in header or header["dsn"] == msgspec.json.encode(text):
        return body, False
    header["dsn"] = msgspec.Raw(msgspec.json.encode(text))
    changed = msgspec.json.encode(header) + newline + rest
    if decoded is not body and decoded != body:
        changed = gzip.compress(changed, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    else:
        headers.pop("Content-Encoding", None)
    return changed, True
