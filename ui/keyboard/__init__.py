"""The keyboard in the window: the page of keys, what can follow a first key, and going from pane to pane."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.keyboard import chord_hint as chord_hint
    from ui.keyboard import keys_help as keys_help
    from ui.keyboard import pane_focus as pane_focus

__getattr__ = lazy_door(__name__, {"": "chord_hint keys_help pane_focus"})
