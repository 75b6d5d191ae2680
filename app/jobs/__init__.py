"""The background jobs: what they are, when each runs, and the digest's process.

`table` names them, `schedule` has APScheduler run each when its `cadence` says so, `turn` and `digest_pool`
see to the digest, and `watchdog` is the net below all that. Pauses are monotonic time (`clock`).
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.jobs import digest_worker as digest_worker

__getattr__ = lazy_door(__name__, {"": "digest_worker"})
