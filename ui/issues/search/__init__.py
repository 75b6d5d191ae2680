"""The search field of a list: its colours, what is wrong with a search, and what it offers.

`field.py` and `problem_line.py` are there at once; `completing.py` with its list of suggestions, the recent
searches and the page of the language are loaded after the window has appeared.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.issues.search import completing as completing
    from ui.issues.search import language_help as language_help

__getattr__ = lazy_door(__name__, {"": "completing language_help"})
