"""Small parts that several pages use; they show text from outside as text, never as markup."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.widgets import icon_font as icon_font

__getattr__ = lazy_door(__name__, {"": "icon_font"})
