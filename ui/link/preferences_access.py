"""What the person has chosen, for all of the window: read once, stored beside the UI thread."""

from collections import deque
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app import preferences
from app.preferences import Preferences, PreferencesError
from app.settings import Settings
from ui.link.background import Background
from ui.link.change_history import Change, ChangeHistory
from ui.link.settings_access import SettingsAccess

# What the program notes down for itself: nobody would look for it under "Undo".
LEARNT = frozenset(
    {
        "copy_form",
        "declined_maps",
        "event_columns",
        "known_projects",
        "palette_recent",
        "replay_bases",
        "told_of_tray",
        "trackers",
    }
)


class PreferencesAccess(QObject):
    """`chosen` is what is in force; `changed`: it is another. `troubled` carries a sentence for people.

    `data_dir` and `background` are for pages that look at what is stored, or look something up. `history`
    takes back what was changed; who stores a setting elsewhere records its changes there, too: `settings`,
    those of the settings file, do.
    """

    changed = Signal()
    troubled = Signal(str)

    def __init__(self, data_dir: Path, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chosen = Preferences()
        self.data_dir = data_dir
        self._unstored: deque[dict[str, Any]] = deque()
        self._storing = Lock()
        self.background = background
        self.history = ChangeHistory(self)
        self.settings = SettingsAccess(Settings(data_dir=data_dir), background, self.history, self)

    def load(self) -> None:
        """Read what was chosen before."""
        self.background.run(lambda: preferences.read(self.data_dir), self._take, self._fail)

    def change(self, **fields: Any) -> None:
        """Use new values of some fields from now on, and store them; it can be undone."""
        before = {name: getattr(self.chosen, name) for name in fields}
        self._use(fields)
        if before != fields and not fields.keys() <= LEARNT:
            what = " and ".join(fields).replace("_", " ")
            self.history.record(Change(what, lambda: self._use(before), lambda: self._use(fields)))

    def _use(self, fields: dict[str, Any]) -> None:
        self._take(replace(self.chosen, **fields))
        self._unstored.append(fields)
        self.background.run(self._store, lambda _stored: None, self._fail)

    def _store(self) -> None:
        """Store what is waiting, in its order: of two threads, the later one could be the first."""
        with self._storing:
            fields: dict[str, Any] = {}
            while self._unstored:
                fields |= self._unstored.popleft()
            if fields:
                preferences.change(self.data_dir, **fields)

    def flip(self, field: str) -> None:
        """Turn what is on or off to the other, from now on."""
        self.change(**{field: not getattr(self.chosen, field)})

    def follow_project(self, before: str, after: str) -> None:
        """A project has another name: have what was chosen for it by the one name for the other, too."""
        chosen = self.chosen
        fields: dict[str, Any] = {}
        for field in ("replay_bases", "trackers"):
            known = getattr(chosen, field)
            if before in known and after not in known:
                fields[field] = known | {after: known[before]}
        maps = tuple(replace(each, project=after) for each in chosen.path_maps if each.project == before)
        new = tuple(each for each in maps if each not in chosen.path_maps)
        if new:
            fields["path_maps"] = (*chosen.path_maps, *new)
        if fields:
            self.change(**fields)

    def _take(self, chosen: Preferences) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, PreferencesError):
            raise error  # ours: it belongs into the log
        self.troubled.emit(str(error))
