"""Owns the dialog that connects an app, makes it when it is first opened, and sends test errors."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app import cli
from app.clients import DEFAULT_SMTP_PORT, clients
from ui import connect
from ui.link.background import Background
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.cli.send_test import SendResult
    from ui.connect.dialog import ConnectDialog


class ConnectController(QObject):
    """`answered` carries the sentence about a test error, `event_requested(issue_id, pk)` an event to show.

    `assistant_requested`: how an assistant is connected is to be shown. With a `store`, the dialog waits for
    the first event of the app that is connected.
    """

    answered = Signal(str)
    assistant_requested = Signal()
    event_requested = Signal(int, int)

    def __init__(
        self,
        window: QWidget,
        background: Background,
        smtp_port: int | None,
        parent: QObject | None = None,
        *,
        store: StoreAccess | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._background = background
        self._smtp_port = smtp_port
        self._url: str | None = None
        self._first = None if store is None else connect.first_event.FirstEvent(store, self)
        self.dialog: ConnectDialog | None = None

    def show_url(self, url: str | None) -> None:
        """The engine listens here; with None it does not."""
        self._url = url
        if self.dialog is not None:
            self.dialog.show_url(url)

    def open(self, project: str) -> None:
        """Show how an app becomes this project."""
        if self.dialog is None:
            self.dialog = self._make_dialog()
        self.dialog.open_for(project)

    def ring(self) -> None:
        """The store has changed."""
        if self._first is not None and self.dialog is not None and self.dialog.isVisible():
            self._first.ring()

    def close(self) -> None:
        """Put the dialog away."""
        if self.dialog is not None:
            self.dialog.close()

    def send_test(self, project: str = "") -> None:
        """Send a test error of this project, or of the tests' own, if there is somewhere to send it."""
        url = self._url
        if url is None:
            return
        event_id = cli.send_test.new_id()
        if self._first is not None:
            self._first.tests.add(event_id)

        def send() -> "SendResult":
            return cli.send_test.send(url, project or cli.send_test.PROJECT, event_id)

        self._background.run(send, lambda result: self.answered.emit(result.message))

    def _make_dialog(self) -> "ConnectDialog":
        catalogue = partial(clients, smtp_port=self._smtp_port or DEFAULT_SMTP_PORT)
        dialog = connect.dialog.ConnectDialog(catalogue, self._window)
        dialog.test_requested.connect(self.send_test)
        dialog.assistant_requested.connect(self.assistant_requested)
        self.answered.connect(dialog.answer)
        dialog.show_url(self._url)
        if (first := self._first) is not None:
            dialog.project_changed.connect(first.wait_for)
            dialog.finished.connect(lambda _result: first.stop())
            first.arrived.connect(dialog.proof.show_event)
            first.others_came.connect(lambda others: dialog.proof.show_others(dialog.name, others))
        dialog.proof.show_requested.connect(self.event_requested)
        return dialog
