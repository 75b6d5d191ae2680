"""Faults that clients are to meet, set on purpose."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.faults import controller as controller
    from ui.faults import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "controller dialog"})
