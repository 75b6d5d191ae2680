"""Corrections of grouping: merge, split and rules over stored events, and their undo.

`plans` works out what a correction would do, `preview_text` describes it, `apply_plan` begins it in one
transaction, and `worker` moves the events behind that, in steps that may be interrupted.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.regrouping import apply_plan as apply_plan
    from app.regrouping import event_deletion as event_deletion
    from app.regrouping import plans as plans
    from app.regrouping import preview_text as preview_text
    from app.regrouping import splits as splits

__getattr__ = lazy_door(__name__, {"": "apply_plan event_deletion plans preview_text splits"})
