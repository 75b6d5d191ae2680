"""Connecting an app or an assistant: their lines to copy, and a test."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.connect import assistant_controller as assistant_controller
    from ui.connect import assistant_dialog as assistant_dialog
    from ui.connect import controller as controller
    from ui.connect import dialog as dialog
    from ui.connect import first_event as first_event

__getattr__ = lazy_door(__name__, {"": "assistant_controller assistant_dialog controller dialog first_event"})
