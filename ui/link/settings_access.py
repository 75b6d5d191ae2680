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
from ui.link.change_history import Change, ChangeHistory

if TYPE_CHECKING:
    from ui.link.settings_writer import SettingsChange


class SettingsAccess(QObject):
    """`chosen` is in force. `changed`: it is another; `engine_needed` carries it where an engine must follow.

    `refused` carries the sentence that says why a change was not made. `asked(what, about)`: a page wants
    something done that only the program can do, such as `restore` with a file; `answered` carries what came
    of it.
    """

    changed = Signal()
    engine_needed = Signal(object)
    refused = Signal(str)
    asked = Signal(str, object)
    answered = Signal(str)

    def __init__(
        self,
        chosen: Settings,
        background: Background,
        history: ChangeHistory,
        parent: QObject | None = None,
        *,
        file: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = chosen
        self.file = file or paths.config_dir() / paths.SETTINGS
        self.locked: Mapping[str, str] = settings.locked()
        self._background = background
        self._history = history

    def begin(self, chosen: Settings) -> None:
        """The settings of this start."""
        self.chosen = chosen
        self.changed.emit()

    def why_locked(self, name: str) -> str:
        """Why the file does not decide this setting; empty where it does."""
        by = self.locked.get(name.partition(".")[0])
        if by is None:
            return ""
        kind = "the flag" if by.startswith("-") else "the variable"
        return f"Set by {kind} {by} of this start, which goes before the settings file."

    def change(self, what: str, values: Mapping[str, Any]) -> None:
        """Set these settings, such as `retention.days`; it can be undone under the name `what`."""
        self._write(what, values, self._record)

    def _write(self, what: str, values: Mapping[str, Any], done: Any = None) -> None:
        file = self.file

        def written(change: "SettingsChange") -> None:
            if done is not None:
                done(change)
            self._background.run(self._read, lambda found: self._follow(found, change), self._fail)

        self._background.run(lambda: link.settings_writer.change(file, what, values), written, self._fail)

    def _record(self, change: "SettingsChange") -> None:
        if change.before == change.after:
            return
        what, before, after = change.sentence, change.before, change.after
        self._history.record(
            Change(what, lambda: self._write(what, before), lambda: self._write(what, after))
        )

    def _follow(self, found: Settings, change: "SettingsChange") -> None:
        if found == self.chosen:
            return
        self.chosen = found
        self.changed.emit()
        if change.needs_engine:
            self.engine_needed.emit(found)

    def _read(self) -> Settings:
        """What the file says now, with what flags and variables say."""
        found = settings.load(environ={}, file=self.file)
        kept = {name: getattr(self.chosen, name) for name in ("data_dir", *self.locked)}
        return settings.with_values(found, kept)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, SettingsError):
            raise error
        # A page shows again what is in force.
        self.changed.emit()
        self.refused.emit(str(error))
