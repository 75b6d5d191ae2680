"""Replaying the request that an event came from, against the app that runs here."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.replay import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "dialog"})
