"""Two events of an issue side by side, or one against what is usual for the issue."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.detail.comparison import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "dialog"})
