"""The palette: whatever can be done, gone to or set, found by a few letters."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.palette import controller as controller
    from ui.palette import palette as palette
    from ui.palette import ranking as ranking

__getattr__ = lazy_door(__name__, {"": "controller palette ranking"})
