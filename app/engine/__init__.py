"""The engine's process: what it starts, in which order, and how it stops.

`door` opens the port, and `cannot_start` says why it cannot; both load nothing else, so that clients can
connect, and a person reads that the port is taken, long before the engine is loaded. `engine` is the rest,
and takes most of a second to import. `child_protocol` defines the lines that engine and window exchange.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.engine import engine as engine
    from app.engine import folder_lock as folder_lock
    from app.engine import folder_users as folder_users
    from app.engine import handover as handover
    from app.engine import inline_digest as inline_digest

__getattr__ = lazy_door(__name__, {"": "engine folder_lock folder_users handover inline_digest"})
