"""Who is notified of what: rules decide, the outbox remembers, channels carry."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.notifications import channels as channels
    from app.notifications import directory as directory

__getattr__ = lazy_door(__name__, {"": "channels directory"})
