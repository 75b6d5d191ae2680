"""The background jobs: what they are, when each runs, and the digest's process.

`table` names them, `schedule` has APScheduler run each when its `cadence` says so, `turn` and `digest_pool`
see to the digest, and `watchdog` is the net below all that. Pauses are monotonic time (`clock`).
"""
