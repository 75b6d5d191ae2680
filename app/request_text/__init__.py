"""A request as what repeats it (curl, HTTPie, fetch), and its body by what it contains. Pure functions."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.request_text import as_sent as as_sent
    from app.request_text import body as body

__getattr__ = lazy_door(__name__, {"": "as_sent body"})
