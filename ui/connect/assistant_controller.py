"""Owns the dialog that connects an assistant, and tries the command that it shows."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import assistants
from ui import connect
from ui.link.background import Background

if TYPE_CHECKING:
    from app.assistants.trial import Attempt
    from ui.connect.assistant_dialog import AssistantDialog


class AssistantController(QObject):
    """The assistant starts a server on this data folder; the dialog is made when it is first opened."""

    def __init__(
        self, window: QWidget, background: Background, data_dir: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._background = background
        self._data_dir = data_dir
        self._attempt: Attempt | None = None
        self.dialog: AssistantDialog | None = None

    def open(self) -> None:
        """Show how an assistant is connected."""
        if self.dialog is None:
            self.dialog = connect.assistant_dialog.AssistantDialog(self._command, self._window)
            self.dialog.test_requested.connect(self._test)
            self.dialog.finished.connect(self._give_up)
        self.dialog.open_it()

    def close(self) -> None:
        """Put the dialog away, and end what it tries."""
        self._give_up()
        if self.dialog is not None:
            self.dialog.close()

    def _command(self, read_only: bool) -> tuple[str, ...]:
        command: tuple[str, ...] = assistants.set_ups.command(self._data_dir, read_only=read_only)
        return command

    def _test(self, read_only: bool) -> None:
        self._give_up()
        dialog, attempt = self.dialog, assistants.trial.Attempt(self._command(read_only))
        assert dialog is not None
        self._attempt = attempt
        # One that was given up meanwhile has nothing to say.
        self._background.run(
            attempt.run, lambda trial: dialog.answer(trial) if self._attempt is attempt else None
        )

    def _give_up(self) -> None:
        if self._attempt is not None:
            self._attempt.cancel()
            self._attempt = None
