"""The list of issues.

`feed.py` asks the store off the UI thread and hands what changed to `model.py`, which announces exactly that
to the views; `ordered.py` holds the rows in order. `row/` paints a row, `list_view.py` turns gestures and
keys into signals, and `actions.py` carries them out, with undo. `stream/` holds back what would move the
rows, and `whereabouts.py` comes back to where a person was.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.issues import mute_menu as mute_menu
    from ui.issues import note_dialog as note_dialog
    from ui.issues import question_dialog as question_dialog

__getattr__ = lazy_door(__name__, {"": "mute_menu note_dialog question_dialog"})
