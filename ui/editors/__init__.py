"""“Open in the editor”: asks what must be asked, and says what was opened."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.editors import controller as controller

__getattr__ = lazy_door(__name__, {"": "controller"})
