"""Preferences whose settings file is the test's own."""

from pathlib import Path

import pytest

from ui.link.preferences_access import PreferencesAccess


@pytest.fixture
def access(chosen: PreferencesAccess, tmp_path: Path) -> PreferencesAccess:
    chosen.settings.file = tmp_path / "settings.toml"
    chosen.settings.locked = {}
    return chosen
