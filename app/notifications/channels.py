"""Speaks to the places that notices go to, through apprise.

That library takes three seconds to load with all the services it knows: it is loaded where something is sent,
and not in the engine's process (`courier`) or the window's.
"""

import logging
import threading
from typing import TYPE_CHECKING

from app.model import Level
from app.notifications.masking import masked, without_secrets

if TYPE_CHECKING:
    from apprise import Apprise

LONGEST_ERROR = 300
_NOT_SAID = "The service did not take it, and did not say why."
_TYPES = {Level.FATAL: "failure", Level.ERROR: "failure", Level.WARNING: "warning"}


class ChannelUnusable(Exception):
    """A URL that no service is known for; the text says what would do, and nothing of the URL's secrets."""


def deliver(url: str, level: Level, title: str, body: str) -> str | None:
    """Send one notice, waiting for the answer; returns what went wrong, None being nothing."""
    try:
        service = _service(url)
    except ChannelUnusable as error:
        return str(error)
    # Imported by `_service` already.
    from apprise import NotifyFormat, NotifyType  # noqa: PLC0415

    with _Heard() as heard:
        try:
            sent = service.notify(
                body or title,
                title=title if body else "",
                notify_type=NotifyType(_TYPES.get(level, "info")),
                body_format=NotifyFormat.TEXT,
            )
        except Exception as error:  # noqa: BLE001 - a hundred services, and any may fail in its own way
            return _said(f"{type(error).__name__}: {error}", url)
    return None if sent else _said(" ".join(heard.lines) or _NOT_SAID, url)


def check(url: str) -> None:
    """Raises `ChannelUnusable` for a URL that no service is known for. Nothing is sent."""
    _service(url)


def _service(url: str) -> "Apprise":
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - see above

    asset = AppriseAsset(
        app_id="Arecibo", app_desc="Arecibo", app_url="", async_mode=False, storage_mode="memory"
    )
    with _Heard():
        service = Apprise(asset=asset)
        understood = service.add(url)
    if not understood:
        raise ChannelUnusable(
            f"{masked(url)} is not complete, or of no service that is known. How a URL looks is in apprise's "
            "list of services, such as json://HOST/PATH or mailto://USER:PASSWORD@HOST."
        )
    return service


class _Heard(logging.Handler):
    """Hears what apprise says on this thread, and keeps it out of every log: it may name secrets."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._thread = threading.get_ident()

    def __enter__(self) -> "_Heard":
        logger = logging.getLogger("apprise")
        logger.propagate = False
        # Why a connection failed is only said at this level.
        logger.setLevel(logging.DEBUG)
        logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("apprise").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self._thread:
            return
        said = record.getMessage()
        if record.levelno >= logging.WARNING:
            self.lines.append(said)
        elif said.startswith("Socket Exception: "):
            # The exception's innermost cause, as in "… (Caused by NewConnectionError("…: [Errno 111] …"))".
            self.lines.append(said.rpartition(": ")[2].rstrip("\"')"))


def _said(text: str, url: str) -> str:
    line = " ".join(without_secrets(text, url).split())
    return line if len(line) <= LONGEST_ERROR else line[: LONGEST_ERROR - 1] + "…"
