"""The settings of the file, for all of the window: changed in the file, beside the UI thread.

What is given by a flag or a variable is locked: the file does not decide it. A change of most settings needs
another engine: `engine_needed` asks for one.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app import paths, settings
from app.settings import Settings, SettingsError
from ui import link
from ui.link.background import Background

if TYPE_CHECKING:
    from ui.link.settings_writer import SettingsChange

MOST_UNDONE = 50


class SettingsAccess(QObject):
    """`chosen` is in force. `changed`: it is another; `engine_needed` carries it where an engine must follow.

    `applied` carries the sentence of a change, `undone` that of one that was taken back, `refused` why not.
    """

    changed = Signal()
    engine_needed = Signal(object)
    applied = Signal(str)
    undone = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        chosen: Settings,
        background: Background,
        parent: QObject | None = None,
        *,
        file: Path | None = None,
        locked: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = chosen
        self.file = file or paths.config_dir() / paths.SETTINGS
        self.locked = dict(settings.locked() if locked is None else locked)
        self._background = background
        self._done: list[SettingsChange] = []

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return bool(self._done)

    def why_locked(self, name: str) -> str:
        """Why the file does not decide this setting; empty where it does."""
        by = self.locked.get(name.partition(".")[0])
        if by is None:
            return ""
        kind = "the flag" if by.startswith("-") else "the variable"
        return f"Set by {kind} {by} of this start, which goes before the settings file."

    def change(self, sentence: str, **values: Any) -> None:
        """Set these settings; in a table's name a double underscore stands for the dot."""
        named = {name.replace("__", "."): value for name, value in values.items()}
        file = self.file
        self._background.run(
            lambda: link.settings_writer.change(file, sentence, named), self._changed, self._fail
        )

    def undo(self) -> None:
        """Take the last change back."""
        if not self._done:
            return
        last = self._done.pop()
        file = self.file

        def taken_back(change: "SettingsChange") -> None:
            self._follow(change)
            self.undone.emit(change.sentence)

        self._background.run(
            lambda: link.settings_writer.change(file, last.sentence, last.before), taken_back, self._fail
        )

    def _changed(self, change: "SettingsChange") -> None:
        self._done = [*self._done, change][-MOST_UNDONE:]
        self._follow(change)
        self.applied.emit(change.sentence)

    def _follow(self, change: "SettingsChange") -> None:
        def taken(found: Settings) -> None:
            if found == self.chosen:
                return
            self.chosen = found
            self.changed.emit()
            if change.needs_engine:
                self.engine_needed.emit(found)

        self._background.run(self._read, taken, self._fail)

    def _read(self) -> Settings:
        """What the file says now, with what flags and variables say."""
        found = settings.load(environ={}, file=self.file)
        kept = {name: getattr(self.chosen, name) for name in ("data_dir", *self.locked)}
        return settings.with_values(found, kept)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, SettingsError):
            raise error
        self.refused.emit(str(error))
