"""The file in a data folder in which a running engine writes its addresses."""

from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from app import private_files
from app.settings import Settings

FILE = "engine.json"


class EngineAddresses(Struct, frozen=True, kw_only=True):
    """Where an engine listens: for all clients, for Spotlight's, and for mail.

    Without an address, `no_spotlight` and `no_smtp` say why there is none; empty for what is switched off.
    """

    url: str
    spotlight: str | None = None
    no_spotlight: str = ""
    smtp: str | None = None
    no_smtp: str = ""


def write(data_dir: Path, where: EngineAddresses) -> None:
    """Write where the engine of this folder listens."""
    private_files.write(data_dir / FILE, msgspec.json.encode(where))


def remove(data_dir: Path) -> None:
    """Remove the file: the engine of this folder has stopped."""
    (data_dir / FILE).unlink(missing_ok=True)


def read(data_dir: Path) -> EngineAddresses | None:
    """Where the engine of this folder listens; None when none runs on it."""
    try:
        return msgspec.json.decode(private_files.read(data_dir / FILE), type=EngineAddresses)
    except (OSError, msgspec.MsgspecError):
        # No engine runs on this folder, or its file was cut short.
        return None


def ports(where: EngineAddresses) -> tuple[int, ...]:
    """The ports of an engine that take reports by HTTP."""
    urls = (where.url, where.spotlight)
    return tuple(port for url in urls if url and (port := urlsplit(url).port))


def find(settings: Settings) -> str:
    """The address of the running engine; the one in the settings when none has written its own."""
    running = read(settings.data_dir)
    return running.url if running else f"http://{settings.host}:{settings.port}"
