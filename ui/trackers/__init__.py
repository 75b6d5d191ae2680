"""Making an issue in GitHub or GitLab of an event."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.trackers import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "dialog"})
