"""Passes a project's reports on to another server that speaks Sentry's formats.

`outgoing` makes the request out of a stored report, `delivery` sends it (in the courier's process),
`rate_limits` reads what the server wants no more of, `sending` goes by the outbox, `own_address` keeps a
circle from closing, and `set_up` is how people set a target.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.forwarding import delivery as delivery
    from app.forwarding import own_address as own_address
    from app.forwarding import set_up as set_up

# Loading the HTTP client takes time: only the process that sends does.
__getattr__ = lazy_door(__name__, {"": "delivery own_address set_up"})
