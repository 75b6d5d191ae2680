"""The queue as a page: what waits, what failed, what was refused, and the jobs."""
