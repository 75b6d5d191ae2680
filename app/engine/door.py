"""The engine's port, opened before anything else is loaded.

To import the engine takes most of a second, and a client must not be refused meanwhile: the kernel accepts
its connection, and it waits for the answer until the receiver runs. A taken port is noticed at once, too.
"""

import socket

from app import engine
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
        # Loads what locks files: only a start that fails waits for that.
        if engine.folder_lock.is_locked(settings.data_dir):
            raise engine.folder_lock.locked(settings.data_dir) from error
        raise CannotStart("port-taken", str(error), error.suggested_port) from error
    except CannotListen as error:
        raise CannotStart("address-unusable", str(error)) from error
