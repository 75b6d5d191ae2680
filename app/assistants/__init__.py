"""Assistants: what they may read and do here, by the Model Context Protocol.

`table` lists the tools, each a function of plain arguments that answers with text; `server` alone knows the
protocol. `outside` marks all that came with an event as data. `set_ups` says how an assistant is told of all
this, and `trial` tries it out. Source: https://modelcontextprotocol.io/specification
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.assistants import server as server
    from app.assistants import set_ups as set_ups
    from app.assistants import trial as trial

__getattr__ = lazy_door(__name__, {"": "server set_ups trial"})
