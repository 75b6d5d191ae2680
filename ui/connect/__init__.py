"""Connecting an app: the clients, their lines to copy, and a test error."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.connect import controller as controller
    from ui.connect import dialog as dialog
    from ui.connect import first_event as first_event

__getattr__ = lazy_door(__name__, {"": "controller dialog first_event"})
