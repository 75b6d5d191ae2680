"""Parts of an event made readable: pure functions from what a client sent to what a person reads.

What brings a library of its own, or the protocols, is behind the door, to be called off the UI thread.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.event_parts import report_parts as report_parts
    from app.event_parts import sql_text as sql_text

__getattr__ = lazy_door(__name__, {"": "report_parts sql_text"})
