"""Where reports are passed on to, and how that goes."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.forwarding import controller as controller
    from ui.forwarding import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "controller dialog"})
