"""Arecibo on the desktop: its icon, its place in the tray, and the links that lead here."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.desktop import controller as controller

__getattr__ = lazy_door(__name__, {"": "controller"})
