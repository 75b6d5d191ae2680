"""Small parts that several pages use, and that keep text from outside what it is: text."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.widgets import icon_font as icon_font

__getattr__ = lazy_door(__name__, {"": "icon_font"})
