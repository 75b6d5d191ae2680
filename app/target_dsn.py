"""The DSN of another server, taken apart, and shown without its key.

Source: https://develop.sentry.dev/sdk/overview/#parsing-the-dsn
"""

from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct


class DsnUnusable(Exception):
    """A text is no DSN. The message says how one looks, and shows nothing of the text."""


class Dsn(Struct, frozen=True):
    """The parts of a DSN: SCHEME://KEY[:SECRET]@HOST[:PORT][/PREFIX]/PROJECT."""

    scheme: str
    key: str
    secret: str
    host: str
    port: int
    prefix: str
    project: str

    @property
    def is_tls(self) -> bool:
        """Whether it is sent to by HTTPS."""
        return self.scheme == "https"

    def __repr__(self) -> str:
        return f"Dsn({self.scheme}://…@{self.host}:{self.port}{self.prefix}/{self.project})"


_LOOKS = "A DSN looks like https://KEY@HOST/PROJECT, as Sentry, GlitchTip and Bugsink show it."


def parse(text: str) -> Dsn:
    """The parts of a DSN. Raises `DsnUnusable`."""
    try:
        url = urlsplit(text.strip())
        host, port = url.hostname or "", url.port
    except ValueError:
        raise DsnUnusable(f"The address in it cannot be read. {_LOOKS}") from None
    if url.scheme not in ("http", "https"):
        raise DsnUnusable(f"It must begin with http:// or https://. {_LOOKS}")
    if not url.username:
        raise DsnUnusable(f"It has no key before an @. {_LOOKS}")
    prefix, _slash, project = url.path.rstrip("/").rpartition("/")
    if not host or not project:
        raise DsnUnusable(
            f"It names no {'project after' if host else ''} the host. {_LOOKS}".replace("  ", " ")
        )
    if (
        url.query
        or url.fragment
        or not (text.isascii() and text.strip().isprintable())
        or " " in text.strip()
    ):
        raise DsnUnusable(f"It has something in it that belongs to no DSN. {_LOOKS}")
    return Dsn(
        url.scheme,
        unquote(url.username),
        unquote(url.password or ""),
        host,
        port or (443 if url.scheme == "https" else 80),
        quote(unquote(prefix), safe="/"),
        project,
    )


def masked(text: str) -> str:
    """A DSN without its key, for lists: where it leads to is no secret."""
    try:
        found = parse(text)
    except DsnUnusable:
        return "…"
    usual = 443 if found.is_tls else 80
    host = f"[{found.host}]" if ":" in found.host else found.host
    port = "" if found.port == usual else f":{found.port}"
    return f"{found.scheme}://…@{host}{port}{found.prefix}/{found.project}"
