"""How a database of an older version becomes one of this: Alembic's scripts, one a change of the schema.

Alembic takes a fifth of a second to import: only a store that is not up to date waits for that.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.store.migrations import upgrade as upgrade

__getattr__ = lazy_door(__name__, {"": "upgrade"})
