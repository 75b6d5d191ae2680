"""Why no errors arrive: which clients called, what was refused, and what is wrong around the engine.

The engine itself is only asked whether it answers on its port; everything else is read from the store, so
that the findings are there when no engine runs. Each module makes findings of one kind.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.doctor import examination as examination
    from app.doctor import repair as repair

__getattr__ = lazy_door(__name__, {"": "examination repair"})
