"""Hides a channel's secrets: its URL is shown as scheme and host, and removed from error texts.

In an apprise URL a token may stand anywhere: as the user, the password, in the path, the query, and for many
services in the place of the host. So a host is shown only for schemes where it is one.
"""

import re
from urllib.parse import unquote

HOSTS_FOR = frozenset(
    "http https json jsons xml xmls form forms mailto mailtos gotify gotifys matrix matrixs mmost mmosts "
    "rocket rockets xmpp xmpps mqtt mqtts syslog rsyslog nxtcloud nctalk nctalks signal signals".split()
)
SHORTEST_SECRET, LONG_SECRET = 3, 8
_PARTS = re.compile(r"[/?&=#:@,;+\s]+")


def masked(url: str) -> str:
    """The scheme of a URL and, where it is no secret, its host."""
    scheme, found, rest = url.partition("://")
    if not found or not scheme.isalnum():
        return "…"
    host = rest.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0].rpartition("@")[2]
    return f"{scheme}://{host}/…" if scheme.lower() in HOSTS_FOR and host else f"{scheme}://…"


def without_secrets(text: str, url: str) -> str:
    """`text` without anything of `url` that may be secret."""
    shown = masked(url)
    for secret in sorted(_secrets(url), key=len, reverse=True):
        if secret.lower() not in shown.lower():
            # A short one is a word by itself, or it would be found inside of others.
            found = re.escape(secret) if len(secret) >= LONG_SECRET else rf"\b{re.escape(secret)}\b"
            text = re.sub(found, "…", text, flags=re.IGNORECASE)
    return text


def _secrets(url: str) -> set[str]:
    _, _, rest = url.partition("://")
    found = {url, rest}
    for text in (rest, unquote(rest)):
        found.update(_PARTS.split(text))
    return {secret for secret in found if len(secret) >= SHORTEST_SECRET}
