"""The detail pane: everything about one event, on one scrolling page.

`pane.py` is the widget that the main window uses. It loads an event in the background, and gives it
to `page.py`, which scrolls and paints. What is on the page comes from the sections (`stack_trace.py`,
`breadcrumbs.py`, `request.py` …): each turns its part of the event into rows (`rows.py`), and a row
says what stands where (`sheet.py`) without painting anything itself. So a thousand frames are a thousand
small Python objects and one widget, and every text on the page can be selected and copied.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.detail import pane as pane

__getattr__ = lazy_door(__name__, {"": "pane"})
