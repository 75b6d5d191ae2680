"""The detail pane: everything about one event, on one scrolling page.

`pane.py` is the widget that the main window uses. It loads an event in the background, and gives it to
`page/page.py`, which scrolls and paints. What is on the page comes from the `sections/`: each turns its
part of the event into rows (`page/rows.py`), and a row lays its text out (`page/sheet.py`) without painting
it. So a thousand frames are a thousand small Python objects and one widget, and every text on the page can
be selected and copied.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.detail import loader as loader

__getattr__ = lazy_door(__name__, {"": "loader"})
