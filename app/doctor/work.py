"""How the work goes on behind the door: what waits, what failed."""

from collections.abc import Iterator

from app.doctor.finding import Finding, Severity
from app.store.queue import QueueStatus

BACKLOG_WORTH_TELLING = 1_000


def backlog(status: QueueStatus) -> Iterator[Finding]:
    """How much waits, and how much could not be digested."""
    if status.dead:
        yield Finding(
            severity=Severity.WARNING,
            title=f"{status.dead:,} reports could not be digested.",
            meaning="They are kept, with the traceback of the last try.",
            advice="The Queue view shows why.",
        )
    if status.pending > BACKLOG_WORTH_TELLING:
        yield Finding(
            severity=Severity.NOTE,
            title=f"{status.pending:,} reports wait to be digested.",
            meaning="They are safe on disk, and show as the digest catches up.",
        )
