"""Resolving an issue at the commit that fixes it."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.fixes import controller as controller

__getattr__ = lazy_door(__name__, {"": "controller"})
