"""Sessions: a person marks a moment, and the lists show only what came since, or only what is new since.

The session in force is part of the place that is shown, so it is a condition of the list like any other, and
is kept with the window's layout: after a restart the same is shown.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.sessions import controller as controller

__getattr__ = lazy_door(__name__, {"": "controller"})
