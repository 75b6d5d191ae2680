"""The window that a second start on the same data folder brings to the front: it listens for that."""

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.desktop import app_link
from ui.link import running_window


class FirstWindow(QObject):
    """Owns the local socket. `raise_requested`: Arecibo was started again.

    `link_requested` carries the `AppLink` that it was started with, after that.
    """

    raise_requested = Signal()
    link_requested = Signal(object)

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = running_window.path(data_dir).parent
        self._address = running_window.address(data_dir)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def listen(self) -> bool:
        """Listen from now on; False when that cannot be: a second start then opens a second window."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A window that was killed leaves its file, which has no listener.
        QLocalServer.removeServer(self._address)
        return self._server.listen(self._address)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _accept(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            connection.readyRead.connect(lambda asking=connection: self._answer(asking))

    def _answer(self, asking: QLocalSocket) -> None:
        if not asking.canReadLine():
            return
        line = bytes(asking.readLine(running_window.LONGEST_LINE).data()).decode("ascii", "replace")
        word, _, token = line.strip().partition(" ")
        link = None
        if word == "open":
            text, _, token = token.partition(" ")
            link = app_link.parse(text)
        if word == "raise" or link is not None:
            if token.isascii() and token.isprintable():
                # Qt reads it from there when the window asks for the focus, and removes it.
                os.environ[running_window.TOKEN] = token
            self.raise_requested.emit()
            if link is not None:
                self.link_requested.emit(link)
            asking.write(b"raised\n")
        asking.disconnectFromServer()
