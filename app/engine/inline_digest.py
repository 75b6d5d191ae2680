"""The digest within the request (`settings.digest_inline`): an answer means that the event has been filed.

Otherwise the digest has a process of its own, and the engine starts without loading it.
"""

from collections.abc import Callable
from threading import Lock

from app import paths
from app.digest.pipeline import Digest
from app.listeners.listeners import Listeners
from app.settings import Settings
from app.store.database import Database


class InlineDigest:
    """Digests what is pending, for one request at a time. `committed` gets the revision of each commit."""

    def __init__(self, settings: Settings, database: Database, committed: Callable[[int], None]) -> None:
        self._listeners = Listeners(paths.config_dir() / paths.LISTENERS, database)
        self._digest = Digest(database, settings, committed=committed, listeners=self._listeners)
        self._lock = Lock()

    def run(self) -> int:
        """Digest all that is pending; returns how many reports."""
        with self._lock:
            return self._digest.run()

    def close(self) -> None:
        """End the process of the listeners."""
        self._listeners.close()
