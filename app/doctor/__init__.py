"""Why nothing arrives: who called in, what was turned away, and what is wrong around the engine.

Nothing is asked of the engine but whether it answers at its own door; all else is in the store, so that it
also tells what was wrong when nobody is there to ask. Each module finds things of one kind.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.doctor import examination as examination
    from app.doctor import repair as repair

__getattr__ = lazy_door(__name__, {"": "examination repair"})
