"""The window's connections: to the engine, the store, background threads and other windows."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.link import settings_writer as settings_writer

# The library that writes settings loads with the first change of one.
__getattr__ = lazy_door(__name__, {"": "settings_writer"})
