"""The commands `queue` and `jobs`: print the queue and the background jobs, and act on them."""

import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing

from msgspec.structs import replace

from app import cli
from app.cli.exit_codes import ENVIRONMENT_ERROR, FAILED
from app.cli.json_lines import Overview, as_json
from app.clock import now_micros
from app.digest import scrubbing
from app.engine import address
from app.plain_text import say
from app.program_command import NAME
from app.settings import Settings
from app.store.database import Connection, Database, open_existing
from app.store.engine_state import job_requests, job_runs, listener_failures, listener_state
from app.store.queue import dead_letters, queue_overview, refusals, report_queue
from app.store.queue.flow import FlowMeter

WATCHED_SECONDS = 1.0
PATIENCE_SECONDS = 30.0
POLL_SECONDS = 0.1

Act = Callable[[Connection, Sequence[int]], list[int]]


def run_queue(settings: Settings, given: Namespace) -> int:
    """Print the queue, or do what `given.act` says to entries of it."""
    if given.act is None:
        return _show_queue(settings, given)
    if given.act == "show":
        if given.queue_id.is_refused:
            return _show_refusal(settings, given.queue_id.number)
        return _show_failed_report(settings, given.queue_id.number)
    if given.act == "retry":
        return _retry(settings, given)
    with closing(open_existing(settings.data_dir)) as database, database.writing() as connection:
        done = _ACTS[given.act](connection, given.report_ids)
    return _print_done(given.act, given.report_ids, done)


def _retry(settings: Settings, given: Namespace) -> int:
    reports = [each.number for each in given.queue_ids if not each.is_refused]
    refused = [each.number for each in given.queue_ids if each.is_refused]
    code = 0
    with closing(open_existing(settings.data_dir)) as database:
        if reports or given.all:
            with database.writing() as connection:
                if given.all:
                    done = dead_letters.retry_all(connection, now_micros())
                else:
                    done = dead_letters.retry(connection, reports, now_micros())
            code = _print_done("retry", reports, done)
            if done and address.read(settings.data_dir) is None:
                say("The engine does not run; it tries them when it starts.", error=True)
        if refused or given.all_refused:
            wanted = None if given.all_refused else refused
            code = max(code, _retry_refused(settings, database, wanted))
    return code


def _print_done(act: str, requested: Sequence[int], done: Sequence[int]) -> int:
    say(_DONE[act].format(", ".join(map(str, done)) or "nothing"))
    missed = sorted(set(requested) - set(done))
    if missed:
        say(f"{_MISSED[act]}: {', '.join(map(str, missed))}", error=True)
    return FAILED if missed else 0


def _retry_refused(settings: Settings, database: Database, refusal_ids: Sequence[int] | None) -> int:
    """Have the engine try refused requests again, wait for it, and print the outcome."""
    with database.writing() as connection:
        marked = refusals.request_retry(connection, refusal_ids, now_micros())
    missed = sorted(set(refusal_ids or ()) - set(marked))
    if missed:
        say(f"Not among what was refused: {_refused_ids(missed)}.", error=True)
    if not marked:
        say("Nothing is tried again.")
        return FAILED if missed else 0
    if address.read(settings.data_dir) is None:
        say(f"To be tried again: {_refused_ids(marked)}.")
        say("The engine does not run; it tries them when it starts.", error=True)
        return FAILED if missed else 0
    waiting = _still_marked(database, marked)
    with database.reading() as connection:
        found = {
            number: queue_overview.refusal(connection, number) for number in marked if number not in waiting
        }
    taken = [number for number, refusal in found.items() if refusal is None]
    say(f"Taken: {_refused_ids(taken) if taken else 'nothing'}.")
    for refusal in found.values():
        if refusal is not None:
            say(
                f"Refused again: R{refusal.id}, {refusal.status}: {refusal.reason}",
                error=True,
            )
    if waiting:
        say(f"Not tried within {PATIENCE_SECONDS:.0f} s: {_refused_ids(waiting)}.", error=True)
    return 0 if len(taken) == len(marked) and not missed else FAILED


def _still_marked(database: Database, asked: Sequence[int]) -> list[int]:
    """Which of these the engine has not tried again within `PATIENCE_SECONDS`."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with database.reading() as connection:
            marked = set(refusals.requested(connection))
        waiting = [number for number in asked if number in marked]
        if not waiting or time.monotonic() > deadline:
            return waiting
        time.sleep(POLL_SECONDS)


def _refused_ids(numbers: Sequence[int]) -> str:
    return ", ".join(f"R{number}" for number in numbers)


def run_jobs(settings: Settings, given: Namespace) -> int:
    """List the background jobs, or run one of them now."""
    if given.act == "run":
        return _run_job(settings, given.job)
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        found = job_runs.listed(connection)
    if given.json:
        for job in found:
            say(as_json(job))
    else:
        cli.printing.print_jobs(cli.printing.terminal(), found)
    return 0


def _show_queue(settings: Settings, given: Namespace) -> int:
    meter = FlowMeter()
    with closing(open_existing(settings.data_dir)) as database:
        with database.reading() as connection:
            meter.measure(queue_overview.counters(connection), time.monotonic())
        # A rate is measured between two readings.
        time.sleep(WATCHED_SECONDS)
        with database.reading() as connection:
            status = queue_overview.status(connection)
            overview = Overview(
                status=status,
                oldest=queue_overview.oldest(connection),
                flow=meter.measure(status, time.monotonic()),
                dropped=queue_overview.dropped(connection),
                waiting=queue_overview.waiting(connection),
                setbacks=queue_overview.setbacks(connection),
                refusals=[
                    replace(refusal, head=scrubbing.head(refusal.head))
                    for refusal in queue_overview.whole_refusals(connection)
                ],
                listener_failures=listener_failures.listed(connection),
                listeners_left_out=listener_state.left_out(connection),
            )
    if given.json:
        say(as_json(overview))
    else:
        cli.printing.print_queue(cli.printing.terminal(), overview)
    return 0


def _show_refusal(settings: Settings, number: int) -> int:
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        refusal = queue_overview.refusal(connection, number)
    if refusal is None:
        say(f"R{number} is not among what was refused, or has made room for newer ones.", error=True)
        return FAILED
    cli.printing.print_refusal(cli.printing.terminal(), refusal)
    return 0


def _show_failed_report(settings: Settings, number: int) -> int:
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        setback = queue_overview.setback(connection, number)
        report = report_queue.get(connection, number)
    if setback is None or report is None:
        say(f"Report {number} is not among what failed.", error=True)
        return FAILED
    cli.printing.print_failed_report(cli.printing.terminal(), setback, report)
    return 0


def _run_job(settings: Settings, name: str) -> int:
    if address.read(settings.data_dir) is None:
        say(f"No engine runs on {settings.data_dir}; jobs run while one does.", error=True)
        return ENVIRONMENT_ERROR
    with closing(open_existing(settings.data_dir)) as database:
        with database.writing() as connection:
            before = job_runs.get(connection, name)
            names = [job.job for job in job_runs.listed(connection)]
            if before is None:
                say(f"There is no job {name}. There are: {', '.join(names)}.", error=True)
                return FAILED
            job_requests.add(connection, name, now_micros())
        job = _ended(database, name, before.runs)
    if job is None:
        say(f"{name} has not ended within {PATIENCE_SECONDS:.0f} s; see {NAME} jobs.", error=True)
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
            is_waiting = any(request.job == name for request in job_requests.waiting(connection))
        if job is not None and job.runs > runs and not is_waiting:
            return job
        time.sleep(POLL_SECONDS)
    return None


_ACTS: dict[str, Act] = {
    "discard": lambda connection, ids: dead_letters.discard(connection, ids, now_micros()),
    "undo-discard": dead_letters.undo_discard,
}
_DONE = {
    "retry": "To be tried again at once: {}.",
    "discard": f"Discarded: {{}}. It can be had back for a day: {NAME} queue undo-discard.",
    "undo-discard": "Had back: {}.",
}
_MISSED = {
    "retry": "Not among what failed",
    "discard": "Not among what failed",
    "undo-discard": "Not among what was discarded within a day",
}
