"""Commands that pause intake, and that copy the whole store."""

from pathlib import Path

from app.cli.arguments.add import Add
from app.cli.arguments.values import seconds


def add_upkeep(add: Add) -> None:
    """Add the commands that pause intake, and that copy the whole store."""
    pause = add("pause", "take no errors for now: clients are answered 503 with Retry-After")
    pause.add_argument(
        "--for", dest="seconds", type=seconds, metavar="TIME", help="such as 30m (default: until resume)"
    )
    add("resume", "take errors again")
    backup = add("backup", "copy the whole store into a file, checked, while the engine works")
    backup.add_argument("file", type=Path, metavar="FILE", help="which must not be there yet")
    restore = add("restore", "put a backup into the store's place, which is set aside; no engine may run")
    restore.add_argument("file", type=Path, metavar="FILE")
    desktop = add("desktop", "put Arecibo into this desktop's menu, and have it open arecibo:// addresses")
    desktop.add_argument("act", choices=("install", "remove"))
    url = add("open-url", "open an address such as arecibo://issue/7 in the window")
    url.add_argument("url", metavar="URL")
