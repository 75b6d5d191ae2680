"""The queue as a page: what waits, what failed, what was refused, and the jobs."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.queue import view as view

__getattr__ = lazy_door(__name__, {"": "view"})
