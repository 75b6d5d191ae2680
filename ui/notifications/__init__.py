"""Notices on the desktop, and the dialog of channels and rules."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.notifications import channel_test as channel_test
    from ui.notifications import controller as controller
    from ui.notifications import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "channel_test controller dialog"})
