"""All findings of the doctor, put together."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from app import digest
from app.doctor import disk, engine_door, environment, folding, passing, traffic, work, write_lock
from app.doctor.finding import Finding, Severity
from app.engine import address
from app.settings import Settings
from app.store.database import Connection
from app.store.engine_state import engine_findings, job_runs
from app.store.inbox.events import callers as caller_store
from app.store.inbox.events.callers import Caller as Caller
from app.store.queue import queue_overview
from app.store.queue.queue_overview import Refusal


class Examination(Struct, frozen=True, kw_only=True):
    """All findings, the worst first; callers and refused requests, the newest first."""

    taken_at: datetime
    url: str
    findings: tuple[Finding, ...]
    callers: tuple[Caller, ...]
    refusals: tuple[Refusal, ...]


def examine(connection: Connection, settings: Settings, *, now: datetime) -> Examination:
    """Make all findings. Takes up to three seconds: for the engine's port, and the store's write lock."""
    running = address.read(settings.data_dir)
    callers = tuple(caller_store.newest(connection))
    recent = [caller for caller in callers if now - caller.last_seen <= traffic.RECENT]
    refusals = tuple(
        replace(refusal, head=digest.scrubbing.head(refusal.head))
        for refusal in queue_overview.refusals(connection)
    )
    unavailable = traffic.unavailable(refusals, now)
    runs = engine_door.is_there(running)
    causes = [*engine_door.engine(running, settings), *write_lock.write_lock(settings), *disk.room(settings)]
    work_findings = list(_work(connection, runs=runs, now=now))
    has_cause = False
    if runs:
        causes, has_cause = folding.with_refusals(causes, unavailable)
    else:
        causes, work_findings = folding.with_waiting(causes, work_findings)
    findings = [
        *causes,
        *traffic.calls(callers, recent, queue_overview.newest(connection), refusals, now),
        *traffic.clocks(recent),
        *traffic.refused(refusals, now, with_unavailable=not has_cause),
        *work_findings,
        *passing.faults_set(connection, now),
        *passing.passed_on(connection),
        *disk.stores_set_aside(connection, settings),
        *disk.issues_removed(connection),
        *environment.environment(settings),
        *traffic.browsers(recent),
    ]
    return Examination(
        taken_at=now,
        url=address.find(settings),
        findings=_sorted(findings),
        callers=callers,
        refusals=refusals,
    )


def examine_without_store(settings: Settings, why: str, *, now: datetime) -> Examination:
    """Make the findings that need no store; `why` is the sentence that says why it cannot be read."""
    unreadable = Finding(
        severity=Severity.PROBLEM,
        title=why,
        meaning="Nothing that was filed can be shown, and nothing new is kept.",
        advice="Put the folder or the file back, or restart Arecibo: it begins a fresh store, and puts a "
        "damaged one aside.",
    )
    findings = [
        unreadable,
        *engine_door.engine(address.read(settings.data_dir), settings),
        *disk.room(settings),
    ]
    return Examination(
        taken_at=now, url=address.find(settings), findings=_sorted(findings), callers=(), refusals=()
    )


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    order = [*Severity][::-1]
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def _work(connection: Connection, *, runs: bool, now: datetime) -> Iterator[Finding]:
    status, jobs = queue_overview.counters(connection), job_runs.listed(connection)
    known = engine_findings.listed(connection)
    yield from work.backlog(status)
    yield from work.digest(status, queue_overview.oldest(connection), jobs, known, runs=runs, now=now)
    yield from work.overdue(jobs, runs=runs, now=now)
    yield from work.clock_jump(known, now)
