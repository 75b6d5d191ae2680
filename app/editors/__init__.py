"""Opening a file's line in the person's editor: which editors there are, which of them are here, and how
each is asked.

A command is a list of arguments from here to the editor: no shell reads any of it, whatever a file is called.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.editors import discovery as discovery
    from app.editors import opening as opening
    from app.editors import template as template

__getattr__ = lazy_door(__name__, {"": "discovery opening template"})
