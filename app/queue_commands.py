"""What the commands `queue` and `jobs` do: look at the queue, and act on what failed in it."""

import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing

from sqlalchemy import Connection

from app import address
from app.json_lines import Overview, as_json
from app.plain_text import say
from app.settings import Settings
from app.store import inbox, job_runs, letters, listener_failures, queue, wishes
from app.store.database import Database, open_existing
from app.store.flow import FlowMeter

FAILED = 1
WORLD_ERROR = 3
WATCHED_SECONDS = 1.0
PATIENCE_SECONDS = 30.0
POLL_SECONDS = 0.1

Act = Callable[[Connection, Sequence[int]], list[int]]


def run_queue(settings: Settings, given: Namespace) -> int:
    """Do what stands behind `queue`, or show it."""
    if given.act is None:
        return _show_queue(settings, given)
    if given.act == "show":
        return _show_letter(settings, given)
    with closing(open_existing(settings.data_dir)) as database, database.writing() as connection:
        if given.act == "retry" and given.all:
            done = letters.retry_all(connection, _now())
        else:
            done = _ACTS[given.act](connection, given.report_ids)
    say(_DONE[given.act].format(", ".join(map(str, done)) or "nothing"))
    missed = sorted(set(given.report_ids) - set(done))
    if missed:
        say(f"{_MISSED[given.act]}: {', '.join(map(str, missed))}", error=True)
    if done and given.act == "retry" and address.read(settings.data_dir) is None:
        say("The engine does not run; it tries them when it starts.", error=True)
    return FAILED if missed else 0


def run_jobs(settings: Settings, given: Namespace) -> int:
    """List the background jobs, or run one of them now."""
    if given.act == "run":
        return _run_job(settings, given.job)
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        found = job_runs.listed(connection)
    if given.json:
        for job in found:
            print(as_json(job))
    else:
        from app import printing

        printing.print_jobs(printing.terminal(), found)
    return 0


def _show_queue(settings: Settings, given: Namespace) -> int:
    meter = FlowMeter()
    with closing(open_existing(settings.data_dir)) as database:
        with database.reading() as connection:
            meter.look(queue.status(connection), time.monotonic())
        # A flow is seen by looking twice.
        time.sleep(WATCHED_SECONDS)
        with database.reading() as connection:
            status = queue.status(connection)
            overview = Overview(
                status=status,
                oldest=queue.oldest(connection),
                flow=meter.look(status, time.monotonic()),
                dropped=queue.dropped(connection),
                waiting=queue.waiting(connection),
                setbacks=queue.setbacks(connection),
                refusals=queue.refusals(connection),
                listener_failures=listener_failures.listed(connection),
            )
    if given.json:
        print(as_json(overview))
    else:
        from app import printing

        printing.print_queue(printing.terminal(), overview)
    return 0


def _show_letter(settings: Settings, given: Namespace) -> int:
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        setback = queue.setback(connection, given.report_id)
        report = inbox.get(connection, given.report_id)
    if setback is None or report is None:
        say(f"Report {given.report_id} is not among what failed.", error=True)
        return FAILED
    from app import printing

    printing.print_letter(printing.terminal(), setback, report)
    return 0


def _run_job(settings: Settings, name: str) -> int:
    if address.read(settings.data_dir) is None:
        say(f"No engine runs on {settings.data_dir}; jobs run while one does.", error=True)
        return WORLD_ERROR
    with closing(open_existing(settings.data_dir)) as database:
        with database.writing() as connection:
            before = job_runs.get(connection, name)
            names = [job.job for job in job_runs.listed(connection)]
            if before is None:
                say(f"There is no job {name}. There are: {', '.join(names)}.", error=True)
                return FAILED
            wishes.add(connection, wishes.Kind.RUN, name, _now())
        job = _ended(database, name, before.runs)
    if job is None:
        say(f"{name} has not ended within {PATIENCE_SECONDS:.0f} s; see main.py jobs.", error=True)
        return FAILED
    if job.last_error is not None:
        say(f"{name} failed: {job.last_error}", error=True)
        return FAILED
    say(f"{name} ran, in {job.seconds or 0:.3f} s.")
    return 0


def _ended(database: Database, name: str, runs: int) -> job_runs.JobRun | None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with database.reading() as connection:
            job = job_runs.get(connection, name)
            is_wished = any(wish.argument == name for wish in wishes.waiting(connection))
        if job is not None and job.runs > runs and not is_wished:
            return job
        time.sleep(POLL_SECONDS)
    return None


_ACTS: dict[str, Act] = {
    "retry": lambda connection, ids: letters.retry(connection, ids, _now()),
    "discard": lambda connection, ids: letters.discard(connection, ids, _now()),
    "undo-discard": letters.undo_discard,
}
_DONE = {
    "retry": "To be tried again at once: {}.",
    "discard": "Discarded: {}. It can be had back for a day: main.py queue undo-discard.",
    "undo-discard": "Had back: {}.",
}
_MISSED = {
    "retry": "Not among what failed",
    "discard": "Not among what failed",
    "undo-discard": "Not among what was discarded within a day",
}


def _now() -> int:
    return time.time_ns() // 1_000
