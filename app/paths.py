"""Where Arecibo keeps its things on this machine, in the folders each platform has for them."""

from pathlib import Path

from platformdirs import user_config_path, user_data_path

APP = "arecibo"
DATABASE = "arecibo.sqlite3"
ENGINE_LOCK = "engine.lock"
SETTINGS = "settings.toml"
LISTENERS = "listeners.py"


def data_dir() -> Path:
    """The folder for the store; nothing is created by asking."""
    return user_data_path(APP, appauthor=False)


def config_dir() -> Path:
    """The folder for what a person writes: settings and listeners."""
    return user_config_path(APP, appauthor=False)
