"""Beside and above the list: what occurs in it how often, and when it happened; a click or a drag filters.

The column of facets is loaded when it is first opened.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.issues.facets import column as column

COLUMN_WIDTH = 224
# As high as the tools beside the title of the list, so that both heads are on one line.
TOOL_SIZE = 28

__getattr__ = lazy_door(__name__, {"": "column"})
