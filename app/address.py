"""Where the engine of a data folder listens: it writes that down when it starts, and others look there."""

import json
from pathlib import Path

from app.settings import Settings

FILE = "engine.json"


def write(data_dir: Path, url: str) -> None:
    """Note that the engine of this folder listens at `url`."""
    (data_dir / FILE).write_text(json.dumps({"url": url}), "utf-8")


def remove(data_dir: Path) -> None:
    """The engine of this folder has stopped."""
    (data_dir / FILE).unlink(missing_ok=True)


def find(settings: Settings) -> str:
    """The address of the running engine; the one in the settings when none has written its own."""
    try:
        url = json.loads((settings.data_dir / FILE).read_text("utf-8"))["url"]
    except (OSError, ValueError, KeyError, TypeError):
        # No engine runs on this folder, or its note was cut short: the settings say where it would listen.
        url = None
    return url if isinstance(url, str) else f"http://{settings.host}:{settings.port}"


def dsn(url: str, project: str) -> str:
    """A complete Sentry DSN for the engine at `url`: the key names the project."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{project}@{rest}/1"
