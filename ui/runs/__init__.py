"""Runs of commands: what is done with one, the list of all, and what is new in one.

The newest stand in the sidebar (`ui/sidebar/entries.py`). What came in a run is a place like any other list,
and its search is that of the field: `run:12`, or `newinrun:12` for what the run before did not have.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.runs import controller as controller
    from ui.runs import dialog as dialog

__getattr__ = lazy_door(__name__, {"": "controller dialog"})
