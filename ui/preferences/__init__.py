"""“Preferences”: what a person chooses for good, a page for each matter."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.preferences import controller as controller
    from ui.preferences import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "controller dialog"})
