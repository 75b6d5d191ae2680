"""Every background job there is: a new one is one more row."""

from collections.abc import Callable

from app import intake_pause, processes
from app.digest import trace_choice, tries
from app.digest.filing import unmute
from app.fix_check import answers
from app.forwarding import sending as forwarding_job
from app.forwarding.sending import Forwarding
from app.jobs import digest_tasks
from app.jobs.clock_jumps import Clocks
from app.jobs.job import LONG_THREAD, PROCESS, RETRY_REFUSED, THREAD, WAKE_DIGEST, Job
from app.notifications.sending import Sending
from app.settings import Settings, current
from app.store.database import Connection, Database
from app.store.engine_state import faults
from app.store.forwarding import forwarded_reports
from app.store.grouping import corrections
from app.store.inbox.search import search_gaps
from app.store.notices import due_notices
from app.store.places import runs
from app.store.places.runs import Run
from app.store.queue import refusals, report_queue
from app.store.queue.dead_letters import DIGEST
from app.store.trash import deletions
from app.store.upkeep import backup, daily_backup, empty_trash, retention, settle_runs, trace_sweep
from app.store.upkeep.checkpoint import Checkpoint
from app.store.upkeep.daily_backup import DailyBackup
from app.store.upkeep.empty_trash import EmptyTrash
from app.store.upkeep.retention import Sweep
from app.store.upkeep.settle_runs import SettleRuns
from app.store.upkeep.trace_sweep import TraceSweep

RETENTION_SECONDS = 300
CHECKPOINT_PAUSE_SECONDS = 2.0


def make_table(
    settings: Settings,
    database: Database,
    clocks: Clocks,
    *,
    sending_job: Sending,
    forwarding: Forwarding,
    wake_digest: Callable[[], None],
    retry_refused: Callable[[], None],
    follow_pause: Callable[[], None],
    follow_faults: Callable[[], None],
    announce: Callable[[int], None],
    is_stopping: Callable[[], bool],
) -> tuple[Job, ...]:
    """The jobs of one engine; the digest is the first. `announce` is called with the revision of a commit."""

    def settings_now() -> Settings:
        return current(settings)

    longest_pause = tries.longest_pause(settings)

    def next_try(connection: Connection) -> int | None:
        return report_queue.next_due(connection, clocks.wall_micros(), longest_pause)

    def next_notice(connection: Connection) -> int | None:
        return due_notices.next_due(connection, clocks.wall_micros())

    def next_forward(connection: Connection) -> int | None:
        return forwarded_reports.next_due(connection, clocks.wall_micros())

    def end_mutes() -> None:
        revision = unmute.unmute_due(database, clocks.wall_micros())
        if revision is not None:
            announce(revision)

    def answer_fixes() -> None:
        revision = answers.answer(database, clocks.wall_micros())
        if revision is not None:
            announce(revision)

    def is_there(run: Run) -> bool:
        return processes.identity.is_alive(run.host, run.pid, run.process_started)

    checkpoint = Checkpoint(database, is_stopping)
    sweep = Sweep(database, lambda: settings_now().retention, is_stopping=is_stopping)
    traces = TraceSweep(database, lambda: trace_choice.read(settings.data_dir), is_stopping=is_stopping)
    daily = DailyBackup(database.file, lambda: settings_now().backup, is_stopping=is_stopping)
    trash = EmptyTrash(database, clock=clocks.wall_micros, is_stopping=is_stopping)
    settle = SettleRuns(
        database, is_there, lambda: settings_now().retention.days, clock=clocks.wall_micros, announce=announce
    )
    return (
        Job(DIGEST, digest_tasks.digest, PROCESS, every=None),
        Job(WAKE_DIGEST, wake_digest, THREAD, due=next_try),
        Job(retention.JOB, sweep.run, LONG_THREAD, every=RETENTION_SECONDS),
        Job(trace_sweep.JOB, traces.run, LONG_THREAD, every=RETENTION_SECONDS),
        Job(empty_trash.JOB, trash.run, LONG_THREAD, due=deletions.next_due),
        Job("fill-search", digest_tasks.fill_search, PROCESS, due=search_gaps.next_due),
        Job("regroup", digest_tasks.regroup, PROCESS, due=corrections.next_due),
        Job("checkpoint", checkpoint.run, THREAD, due=lambda _connection: 0, pause=CHECKPOINT_PAUSE_SECONDS),
        Job("send-notices", sending_job.run, THREAD, due=next_notice),
        Job(forwarding_job.JOB, forwarding.run, THREAD, due=next_forward),
        Job(RETRY_REFUSED, retry_refused, THREAD, due=refusals.next_requested),
        Job("end-mutes", end_mutes, THREAD, due=unmute.next_due),
        Job(backup.JOB, daily.run, LONG_THREAD, every=daily_backup.ASKED_SECONDS),
        Job(intake_pause.JOB, follow_pause, THREAD),
        Job(settle_runs.JOB, settle.run, LONG_THREAD, due=runs.next_due),
        Job(faults.JOB, follow_faults, THREAD),
        Job("ask-git", answer_fixes, LONG_THREAD, due=answers.next_due),
    )
