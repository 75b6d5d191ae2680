"""Where Arecibo's files are: in the folders that each platform provides for data and settings."""

from pathlib import Path

from platformdirs import user_config_path, user_data_path

APP = "arecibo"
DATABASE = "arecibo.sqlite3"
ENGINE_LOCK = "engine.lock"
SETTINGS = "settings.toml"
LISTENERS = "listeners.py"


def data_dir() -> Path:
    """The folder for the store; it is not created here."""
    return user_data_path(APP, appauthor=False)


def config_dir() -> Path:
    """The folder for what the user writes: settings and listeners. It is not created here."""
    return user_config_path(APP, appauthor=False)
