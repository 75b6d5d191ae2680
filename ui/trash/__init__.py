"""Deleting issues and events, and bringing them back for a day."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.trash import controller as controller
    from ui.trash import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "controller dialog"})
