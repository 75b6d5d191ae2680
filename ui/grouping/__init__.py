"""Correcting the grouping: the corrections, their preview on the stored events, and their undo."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.grouping import controller as controller
    from ui.grouping import corrections_dialog as corrections_dialog
    from ui.grouping import dialog as dialog
    from ui.grouping import merge_dialog as merge_dialog

__getattr__ = lazy_door(__name__, {"": "controller corrections_dialog dialog merge_dialog"})
