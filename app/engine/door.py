"""The engine's port, opened before anything else is loaded.

To import the engine takes most of a second, and a client must not be refused meanwhile: the kernel accepts
its connection, and it waits for the answer until the receiver runs. A taken port is noticed at once, too.
"""

import socket

from app import paths
from app.engine.cannot_start import CannotStart
from app.receiver.sockets import CannotListen, PortTaken, listen
from app.settings import Settings


def open_door(settings: Settings) -> list[socket.socket]:
    """Sockets that listen on `settings.host` and `settings.port`.

    Raises `CannotStart`: `data-dir-locked` where the port is taken by an engine of the same folder, otherwise
    `port-taken` or `address-unusable`.
    """
    try:
        return listen(settings.host, settings.port)
    except PortTaken as error:
        if _is_locked(settings):
            raise locked(settings) from error
        raise CannotStart("port-taken", str(error), error.suggested_port) from error
    except CannotListen as error:
        raise CannotStart("address-unusable", str(error)) from error


def locked(settings: Settings) -> CannotStart:
    """What to say when another engine has the data folder."""
    return CannotStart(
        "data-dir-locked",
        f"Another Arecibo already works on {settings.data_dir}. Use that one, or choose another --data-dir.",
    )


def _is_locked(settings: Settings) -> bool:
    # Only who finds the port taken waits for this to load.
    from filelock import FileLock, Timeout  # noqa: PLC0415

    file = settings.data_dir / paths.ENGINE_LOCK
    if not file.exists():
        return False
    try:
        with FileLock(file, blocking=False):
            return False
    except Timeout:
        return True
    except OSError:
        # The folder cannot be used; the port is what was asked about.
        return False
