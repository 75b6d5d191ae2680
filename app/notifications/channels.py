"""Sends notices to their channels, through apprise.

That library takes three seconds to load with all the services it knows. So only what sends loads this module,
through the package's lazy door; the engine's process (`courier`) and the window's do not.
"""

import logging
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType
from apprise.logger import NotifyLogEntry
from apprise.manager_plugins import NotificationManager

from app.model import Level
from app.plain_text import elided
from app.store.notices.masking import masked, without_secrets

LONGEST_ERROR = 300
LONGEST_SCHEME = 30
# How alike two names are that are said to be meant, from 0 to 1.
LIKENESS = 0.6
_LOOKS = (
    "How a URL looks is in apprise's list of services, such as json://HOST/PATH or "
    "mailto://USER:PASSWORD@HOST."
)
TIMEOUT_SECONDS = 30
_SOCKET = "Socket Exception: "
_NO_REASON = "The service did not take it, and did not say why."
_TYPES = {Level.FATAL: "failure", Level.ERROR: "failure", Level.WARNING: "warning"}


class ChannelUnusable(Exception):
    """No service is known for a URL. The text shows valid ones, and none of the URL's secrets."""


def deliver(url: str, level: Level, title: str, body: str) -> str | None:
    """Send one notice and wait for the answer; returns what went wrong, None when it was sent."""
    try:
        service = _service(url)
    except ChannelUnusable as error:
        return str(error)
    entries: list[NotifyLogEntry] = []
    try:
        sent = service.notify(
            body or title,
            title=title if body else "",
            notify_type=NotifyType(_TYPES.get(level, "info")),
            body_format=NotifyFormat.TEXT,
            timeout=TIMEOUT_SECONDS,
            log_callback=lambda entry, _service: entries.append(entry),
            log_level=logging.DEBUG,
        )
    except Exception as error:  # noqa: BLE001 - a hundred services, and each may raise errors of its own
        return _one_line(f"{type(error).__name__}: {error}", url)
    return None if sent else _one_line(_reason(entries), url)


def check(url: str) -> None:
    """Raises `ChannelUnusable` for a URL that no service is known for. Nothing is sent.

    For a service that is misspelt the text says which one is meant.
    """
    _service(url)


def _demand_known(url: str) -> None:
    scheme, found, _rest = url.partition("://")
    known: Collection[str] = NotificationManager().schemas()  # type: ignore[no-untyped-call]  # it has no types
    if found and scheme.lower() not in known:
        meant = get_close_matches(scheme.lower(), sorted(known), 1, LIKENESS)
        hint = f"Did you mean {meant[0]}://?" if meant else _LOOKS
        raise ChannelUnusable(f"No service is known for {elided(scheme, LONGEST_SCHEME)}://. {hint}")


def _service(url: str) -> Apprise:
    _demand_known(url)
    # Its messages may contain secrets: they are read here, and never reach the log.
    logger = logging.getLogger("apprise")
    logger.propagate = False
    # Only this level includes why a connection failed.
    logger.setLevel(logging.DEBUG)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    asset = AppriseAsset(app_id="Arecibo", app_desc="Arecibo", app_url="", storage_mode="memory")
    service = Apprise(asset=asset)
    if not service.add(url):
        raise ChannelUnusable(f"{masked(url)} is not complete, or of no service that is known. {_LOOKS}")
    return service


def _reason(entries: Iterable[NotifyLogEntry]) -> str:
    """The reason for a failure, out of what apprise logged."""
    lines = []
    for entry in entries:
        if entry.level in ("WARNING", "ERROR"):
            lines.append(entry.message)
        elif entry.message.startswith(_SOCKET):
            # The innermost cause, as in "… (Caused by NewConnectionError("…: [Errno 111] …"))".
            lines.append(entry.message.rpartition(": ")[2].rstrip("\"')") + ".")
    return " ".join(lines) or _NO_REASON


def _one_line(text: str, url: str) -> str:
    line = " ".join(without_secrets(text, url).split())
    return line if len(line) <= LONGEST_ERROR else line[: LONGEST_ERROR - 1] + "…"
