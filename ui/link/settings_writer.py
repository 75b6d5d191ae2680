"""Changes the settings file, off the UI thread: the library for that loads with the first change."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from app import settings_file

# Tables that the window reads, or a job of the engine with each run.
_AT_ONCE = ("notifications.", "retention.", "backup.")


class SettingsChange(Struct, frozen=True):
    """What a person changed, with what was in the file before."""

    sentence: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def needs_engine(self) -> bool:
        """Whether the engine has to be started again for it."""
        return not all(name.startswith(_AT_ONCE) for name in self.after)


def change(file: Path, sentence: str, values: Mapping[str, Any]) -> SettingsChange:
    """Set these settings in the file. Raises `SettingsError`."""
    return SettingsChange(sentence, settings_file.change(file, values), dict(values))
