"""Sends the request that an app failed on once more, and finds the event that it made.

`repeatable` builds the request from the event, `sending` sends it, `outcome` says what came of it.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.replay import outcome as outcome
    from app.replay import repeatable as repeatable
    from app.replay import sending as sending

__getattr__ = lazy_door(__name__, {"": "outcome repeatable sending"})
