"""The sidebar: the places of the window, with their numbers, and what a person makes of them.

`entries.py` says which rows there are, `model.py` announces exactly what changed of them, `delegate.py`
paints one, `places_view.py` turns gestures and keys into signals. `controller.py` carries them out, by the
acts of `view_actions.py` and `project_actions.py`; it and the dialogs are loaded when the window is on the
screen.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.sidebar import controller as controller
    from ui.sidebar import project_dialog as project_dialog

__getattr__ = lazy_door(__name__, {"": "controller project_dialog"})
