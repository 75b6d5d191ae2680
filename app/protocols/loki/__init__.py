"""Loki's push: streams of log lines, of which those that report an error are events."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.protocols.loki import messages as messages

# protobuf takes longer to load than the engine's other formats together: only a push in it waits for it.
__getattr__ = lazy_door(__name__, {"": "messages"})
