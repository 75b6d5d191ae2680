"""Addresses that came with an event: which of them may be opened, and what is to be seen of them before.

What is shown is what is opened: the address as a browser sends it, in ASCII, so that neither letters that
look alike nor characters that turn the direction of writing can say another host.
"""

import re

from msgspec import Struct
from PySide6.QtCore import QUrl

from app.plain_text import plain

LONGEST = 8_000
# Where an address is found in a sentence. What ends the sentence is no part of it.
IN_TEXT = re.compile(r"https?://[^\s<>\"'`\x00-\x1f\\^{|}\u2028\u2029]+", re.IGNORECASE)
_ENDS_A_SENTENCE = ".,;:!?…"
_BRACKETS = {")": "(", "]": "["}
# Browsers take a backslash for a slash, and leave out line breaks.
_READ_DIFFERENTLY = re.compile(r"[\\\s\x00-\x1f\x7f]")
_LOOPBACK = re.compile(r"localhost|.*\.localhost|127\.[0-9.]+|::1|\[::1\]")


class Address(Struct, frozen=True):
    """An address to open. `host` is in ASCII; `cautions` are sentences on what is odd about it."""

    whole: str
    host: str
    cautions: tuple[str, ...] = ()


def read(text: str) -> Address | None:
    """The address; None unless it is one of http or https that a browser would read the same way."""
    text = text.strip()
    if len(text) > LONGEST or _READ_DIFFERENTLY.search(text):
        return None
    url = QUrl(text, QUrl.ParsingMode.TolerantMode)
    if not url.isValid() or url.scheme().lower() not in ("http", "https"):
        return None
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    if not host:
        return None
    encoded = bytes(url.toEncoded().data()).decode("ascii")
    return Address(encoded, host, tuple(_cautions(url, host)))


def _cautions(url: QUrl, host: str) -> list[str]:
    found = []
    if url.userInfo():
        before = plain(url.userInfo(QUrl.ComponentFormattingOption.FullyEncoded))[:60]
        found.append(f"“{before}@” stands before the host, and is not a part of it.")
    if "xn--" in host:
        written = plain(url.host(QUrl.ComponentFormattingOption.FullyDecoded))
        found.append(f"The host is written with other letters: “{written}”. Some look like those of another.")
    if _LOOPBACK.fullmatch(host):
        found.append("It is on this computer: opening it may make a local program do something.")
    return found


def end_in_text(text: str) -> int:
    """How much of what `IN_TEXT` has found belongs to the address, without what ends the sentence."""
    end = len(text)
    while end:
        last = text[end - 1]
        opening = _BRACKETS.get(last)
        closes_nothing = opening is not None and text.count(last, 0, end) > text.count(opening, 0, end)
        if last not in _ENDS_A_SENTENCE and not closes_nothing:
            break
        end -= 1
    return end
