"""Other processes of this machine; psutil, which knows them, is loaded when one is asked about."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.processes import identity as identity

__getattr__ = lazy_door(__name__, {"": "identity"})
