"""Findings about background work: what waits, what failed, and what stops it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from app.doctor.finding import Finding, Severity, span
from app.store.engine_state.engine_findings import EngineFinding, FindingKind
from app.store.engine_state.job_runs import JobRun
from app.store.queue.dead_letters import DIGEST
from app.store.queue.queue_overview import QueueCounters

LARGE_BACKLOG = 1_000
JUMPS_MATTER = timedelta(days=1)
# A job's next run is stored some seconds after it is planned, and a busy machine is late.
TOLERATED_DELAY = timedelta(minutes=2)
LONG_WAIT = timedelta(minutes=1)


def backlog(status: QueueCounters) -> Iterator[Finding]:
    """How much waits, and how much could not be digested."""
    if status.dead:
        yield Finding(
            severity=Severity.WARNING,
            title=f"{status.dead:,} reports could not be digested.",
            meaning="They are kept, with the traceback of the last try.",
            advice="The Queue view shows why.",
        )
    if status.pending > LARGE_BACKLOG:
        yield Finding(
            severity=Severity.NOTE,
            title=f"{status.pending:,} reports wait to be digested.",
            meaning="They are safe on disk, and show as the digest catches up.",
        )


def digest(
    status: QueueCounters, oldest: datetime | None, jobs: Sequence[JobRun], known: Sequence[EngineFinding],
    *, runs: bool, now: datetime,
) -> Iterator[Finding]:  # fmt: skip
    """Why waiting reports are not digested. `oldest`: when the first came; `runs`: is the engine running."""
    if not status.pending:
        return
    waits = f"{status.pending:,} report{' waits' if status.pending == 1 else 's wait'}"
    if not runs:
        yield Finding(
            severity=Severity.WARNING,
            title=f"{waits} until the engine runs again.",
            meaning="They are safe on disk; nobody digests them now.",
            advice="Start Arecibo on this folder.",
        )
        return
    found = {each.kind: each for each in known}
    if FindingKind.DIGEST_NOT_STARTED in found:
        yield Finding(
            severity=Severity.PROBLEM,
            title=f"The digest does not run, and {waits}: {found[FindingKind.DIGEST_NOT_STARTED].detail}",
            meaning="They are safe on disk. It is tried again every half a minute at the latest.",
            advice="Close programs, or raise this machine's limits of open files, processes and memory.",
        )
    elif stall := found.get(FindingKind.DIGEST_STALLED):
        yield Finding(
            severity=Severity.PROBLEM,
            title=f"{waits}, and nothing has moved for {span(now - stall.at)}.",
            meaning=f"{stall.detail} {_last_error(jobs)}They are safe on disk.",
            advice="The digest's process is replaced when it hangs, mostly within two minutes. If this "
            "stays, start Arecibo again; its log says more.",
        )
    elif oldest is not None and now - oldest > LONG_WAIT and (error := _last_error(jobs)):
        yield Finding(
            severity=Severity.PROBLEM,
            title=f"{waits}, the oldest for {span(now - oldest)}, and the digest fails.",
            meaning=f"{error}They are safe on disk, and tried again every few seconds.",
            advice="Mend what it names; nothing else needs to be done.",
        )


def _last_error(jobs: Sequence[JobRun]) -> str:
    errors = (job.last_error for job in jobs if job.job == DIGEST)
    return next((f"Its last run ended so: {error} " for error in errors if error), "")


def overdue(jobs: Sequence[JobRun], *, runs: bool, now: datetime) -> Iterator[Finding]:
    """Background jobs that should have run by now."""
    late = [
        (now - job.next_due, job)
        for job in jobs
        if job.next_due is not None and now - job.next_due > TOLERATED_DELAY
    ]
    if not late or not runs:
        return
    names = ", ".join(job.job for _delay, job in late)
    yield Finding(
        severity=Severity.PROBLEM,
        title=f"Background jobs are overdue by up to {span(max(delay for delay, _job in late))}: {names}.",
        meaning="Retries, retention, notices or the database's log wait for them.",
        advice="The machine is very busy, or the engine hangs. Start Arecibo again if this stays.",
    )


def clock_jump(known: Sequence[EngineFinding], now: datetime) -> Iterator[Finding]:
    """Whether this machine's clock was set while the engine ran."""
    for each in known:
        if each.kind != FindingKind.CLOCK_JUMPED or abs(now - each.at) > JUMPS_MATTER:
            continue
        seconds = float(each.detail)
        yield Finding(
            severity=Severity.WARNING,
            title=f"This machine's clock jumped {span(timedelta(seconds=abs(seconds)))} "
            f"{'ahead' if seconds > 0 else 'back'} at {each.at.astimezone():%Y-%m-%d %H:%M}.",
            meaning="All jobs were planned anew. What arrived before shows the time that the clock had then, "
            "so issues may stand in another order for a while.",
            advice="Nothing, if it was set once. If that comes again, see to its time service (NTP).",
        )
