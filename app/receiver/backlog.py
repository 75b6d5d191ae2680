"""Counts the reports between the receiver and the digest, and refuses more when there are too many.

The counters need no lock: each only grows and has one writer: the receiver's thread counts
what came in, the writer's thread what is settled.
"""

from collections import deque

from app.receiver.limits import RETRY_SECONDS, readable
from app.receiver.refused import Refused
from app.settings import Settings


class Backlog:
    """Reports that are accepted and not yet digested, in memory and on disk."""

    def __init__(self, settings: Settings) -> None:
        self._max_reports = settings.max_backlog_reports
        self._max_bytes = settings.max_backlog_bytes
        self._max_unwritten_bytes = 4 * settings.max_body_bytes
        self._reports_in = self._bytes_in = 0
        self._bytes_settled = 0
        self._reports_out = self._bytes_out = 0
        # What is on disk and not digested: the number of a batch's last report, its reports, its bytes.
        self._batches: deque[tuple[int, int, int]] = deque()

    def found(self, through: int, reports: int, size: int) -> None:
        """Count what has waited on disk since the last run; called at the start."""
        self._reports_in += reports
        self._bytes_in += size
        self._bytes_settled += size
        self._batches.append((through, reports, size))

    def carried(self, through: int, reports: int, size: int) -> None:
        """Count reports carried over from another store, up to number `through`. Writer's thread."""
        # They were never admitted. Subtracting them here keeps one writer for each counter.
        self._reports_out -= reports
        self._bytes_out -= size
        self._batches.append((through, reports, size))

    def admit(self, size: int) -> None:
        """Count one more report of `size` bytes. Raises `Refused` (503) without room. Receiver's thread."""
        if self._reports_in - self._reports_out >= self._max_reports:
            raise Refused(
                503,
                f"{self._max_reports} reports wait to be digested, which is as many as may "
                "(setting max_backlog_reports).",
                retry_after=RETRY_SECONDS,
            )
        if self._bytes_in - self._bytes_out + size > self._max_bytes:
            raise Refused(
                503,
                f"{readable(self._max_bytes)} of reports wait to be digested, which is as much as may "
                "(setting max_backlog_bytes).",
                retry_after=RETRY_SECONDS,
            )
        if self._bytes_in - self._bytes_settled > self._max_unwritten_bytes:
            raise Refused(503, "The disk cannot keep up.", retry_after=RETRY_SECONDS)
        self._reports_in += 1
        self._bytes_in += size

    def written(self, through: int, reports: int, size: int) -> None:
        """Count a batch as on disk; its last report has the number `through`. Writer's thread."""
        self._bytes_settled += size
        self._batches.append((through, reports, size))

    def failed(self, reports: int, size: int) -> None:
        """Drop a batch that could not be written. Writer's thread."""
        self._bytes_settled += size
        self._reports_out += reports
        self._bytes_out += size

    def digested(self, through: int) -> None:
        """Count everything up to `through` as digested. Writer's thread."""
        while self._batches and self._batches[0][0] <= through:
            _last, reports, size = self._batches.popleft()
            self._reports_out += reports
            self._bytes_out += size
