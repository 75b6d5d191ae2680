"""The engine's port, opened before anything else is loaded.

To import the engine takes most of a second, and a client must not be refused meanwhile: the kernel accepts
its connection, and it waits for the answer until the receiver runs. A taken port is noticed at once, too.
"""

import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from app import engine
from app.engine import address
from app.engine.cannot_start import CannotStart
from app.receiver.sockets import CannotListen, PortTaken, listen
from app.settings import Settings


def open_door(
    settings: Settings, *, yields: bool = False, is_given_up: Callable[[], bool] = lambda: False
) -> list[socket.socket]:
    """Sockets that listen on `settings.host` and `settings.port`.

    Where the port is taken by an engine of the same folder that gives way (`handover`), it is asked to, and
    the port is taken as soon as it is free; not so for an engine that `yields` itself. Raises `CannotStart`:
    `data-dir-locked` where the port is taken by another engine of the same folder, otherwise `port-taken` or
    `address-unusable`.
    """
    try:
        return _listen(settings)
    except PortTaken as error:
        # Loads what locks files: only a start that fails waits for that.
        if not engine.folder_lock.is_locked(settings.data_dir):
            raise CannotStart("port-taken", str(error), error.suggested_port) from error
        sockets = None if yields else _take_over(settings, is_given_up)
        if sockets is None:
            raise engine.folder_lock.locked(settings.data_dir) from error
        return sockets


def _listen(settings: Settings) -> list[socket.socket]:
    try:
        return listen(settings.host, settings.port)
    except CannotListen as error:
        raise CannotStart("address-unusable", str(error)) from error


def _take_over(settings: Settings, is_given_up: Callable[[], bool]) -> list[socket.socket] | None:
    running = address.read(settings.data_dir)
    if running is not None and urlsplit(running.url).port != settings.port:
        # The port is somebody else's: there would be nothing to take over.
        return None
    sockets: list[socket.socket] = []

    def is_open() -> bool:
        try:
            sockets.extend(_listen(settings))
        except PortTaken:
            return False
        return True

    is_ours = engine.handover.ask_until(settings.data_dir, is_open, is_given_up)
    return sockets if is_ours else None
