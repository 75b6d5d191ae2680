"""The background jobs: what they are, when each runs, and the digest's process.

`table` lists them, `schedule` has APScheduler run each when its `cadence` says so, `digest_runs` and
`digest_pool` run the digest, and `supervisor` with its `watchdog` repairs it when that fails. `jobs` connects
them. Pauses are monotonic time (`clock_jumps`).
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.jobs import digest_worker as digest_worker

__getattr__ = lazy_door(__name__, {"": "digest_worker"})
