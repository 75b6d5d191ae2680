"""The doctor's page: what `app.doctor` found of why nothing arrives, and who calls in."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.doctor import page as page
    from ui.doctor import view as view

__getattr__ = lazy_door(__name__, {"": "page view"})
