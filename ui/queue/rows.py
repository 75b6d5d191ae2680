"""The queue's contents as rows: reports that wait or failed, refused requests, failed listeners, jobs."""

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app import digest
from app.plain_text import compact_line, plain, plural
from app.program_command import NAME
from app.secrets_in_text import hide
from ui.widgets.row_list import ListRow
from ui.wording import ago, duration, local

if TYPE_CHECKING:
    from app.model import Report
    from app.store.engine_state.job_runs import JobRun
    from app.store.engine_state.listener_failures import ListenerFailure
    from app.store.engine_state.listener_state import LeftOut
    from app.store.queue.queue_overview import Refusal, Setback, Waiting

# The beginnings of rows' keys.
REPORT, SETBACK, REFUSAL, FAILURE, JOB = "report", "setback", "refusal", "failure", "job"
LEFT_OUT = "left-out"
MOST_BODY_BYTES = 64 << 10
# What made a request unreadable may be at its end.
MOST_REFUSED_BYTES = 128 << 10


def waiting_row(report: "Waiting") -> ListRow:
    """A report that the digest has not come to yet."""
    return ListRow(
        (REPORT, report.report_id),
        f"Report {report.report_id}",
        f"{report.project or report.protocol} · {report.size:,} bytes · in line for the digest",
        report.received_at,
        "level_info",
        f"Report {report.report_id}, {report.protocol}, received {local(report.received_at)}.",
    )


def setback_row(setback: "Setback") -> ListRow:
    """A report that could not be digested yet, or never will be."""
    tried = plural(setback.attempts, "try").replace("trys", "tries")
    state = f"dead after {tried}"
    if not setback.dead:
        due = setback.due_at or setback.received_at
        state = f"next try {_due(due)}, after {tried}"
    return ListRow(
        (SETBACK, setback.report_id),
        compact_line(setback.error),
        f"{setback.project} · {state}",
        setback.received_at,
        "level_error" if setback.dead else "level_warning",
        f"Report {setback.report_id}, {setback.protocol}, {state}.\n\n{plain(setback.traceback)}",
    )


def refusal_row(refusal: "Refusal") -> ListRow:
    """A request that was turned away, with its head and its body; of a long one `RowText` reads the rest."""
    head = masked_head(refusal.head)
    request = compact_line(head.partition("\n")[0])
    stored = len(refusal.body) if refusal.kept_size is None else refusal.kept_size
    lines = [f"Answered {refusal.status}: {refusal.reason}", *_remarks(refusal, stored), "", head]
    if stored <= len(refusal.body):
        lines += ["", hide(refusal.body.decode("utf-8", "backslashreplace"))]
    state = "tried again now" if refusal.is_requested else "refused again" if refusal.retries else "refused"
    size = "" if refusal.body_size is None else f"{refusal.body_size:,} bytes"
    return ListRow(
        (REFUSAL, refusal.id),
        f"{refusal.status}  {compact_line(refusal.reason)}",
        # A request that was no HTTP has no head.
        " · ".join(fact for fact in (state, refusal.remote, request, size) if fact),
        refusal.at,
        "level_info",
        plain("\n".join(lines).replace("\r\n", "\n")),
    )


def refused_body_text(body: bytes) -> str:
    """The body of a refused request, as far as it is shown."""
    shown = body[:MOST_REFUSED_BYTES].decode("utf-8", "backslashreplace")
    rest = len(body) - MOST_REFUSED_BYTES
    more = f"\n\n… and {rest:,} bytes more: {NAME} queue show" if rest > 0 else ""
    return plain(f"{shown}{more}".replace("\r\n", "\n"))


def masked_head(head: str) -> str:
    """The head of a request without what is secret in it."""
    return digest.scrubbing.head(head)


def _remarks(refusal: "Refusal", stored: int) -> list[str]:
    """Retries, and how much of the body is stored: a line each."""
    lines = []
    if refusal.retries:
        lines.append(f"Tried again {plural(refusal.retries, 'time')}; this is the answer of the last one.")
    if refusal.body_size is None:
        lines.append("An older version kept the first 4,096 bytes of it at most.")
    elif stored < refusal.body_size:
        lines.append(f"{stored:,} of {refusal.body_size:,} bytes of its body are kept.")
    return lines


def failure_row(failure: "ListenerFailure") -> ListRow:
    """What a person's own listener raised."""
    times = plural(failure.count, "time")
    return ListRow(
        (FAILURE, failure.id),
        compact_line(failure.error),
        f"{failure.listener} · {_short_place(failure.place)} · {times}",
        failure.at,
        "level_warning",
        plain(f"{failure.listener} at {failure.place}, {times}.\n\n{failure.traceback}"),
    )


def left_out_row(left_out: "LeftOut") -> ListRow:
    """The listeners that are disabled, and how to enable them again."""
    count = plural(len(left_out.functions), "function")
    title = (
        f"{count} of listeners.py called no more" if left_out.since is None else "listeners.py is left out"
    )
    return ListRow(
        (LEFT_OUT, 0),
        title,
        compact_line(f"save the file to try again · {left_out.why or ', '.join(left_out.functions)}"),
        left_out.since,
        "level_error",
        plain(f"{left_out.sentence}\n\nEvents are filed meanwhile, as they come."),
    )


def job_row(job: "JobRun") -> ListRow:
    """A background job: how it went last, and when it runs next."""
    every = "when it is woken" if job.every is None else f"at least every {_pause(job.every)}"
    took = "" if job.seconds is None else f"took {duration(job.seconds)}"
    following = next_run(job, datetime.now(UTC))
    due = "" if following is None else f"next run {_due(following)}"
    facts = [every, took, due, plural(job.runs, "run")]
    last = "never" if job.last_started is None else local(job.last_started)
    lines = [
        f"The job {job.job} runs {every}.",
        "",
        f"Last run  {last}" + (f", {took}" if took else ""),
        f"Next run  {'when it is woken' if following is None else local(following)}",
        f"Runs      {job.runs:,}",
        f"Outcome   {job.last_error or ('well' if job.runs else 'none yet')}",
    ]
    return ListRow(
        (JOB, job.job),
        job.job if job.last_error is None else f"{job.job}: {compact_line(job.last_error)}",
        " · ".join(fact for fact in facts if fact),
        job.last_started,
        "level_error" if job.last_error else "success" if job.runs else "level_debug",
        plain("\n".join(lines)),
    )


def next_run(job: "JobRun", now: datetime) -> datetime | None:
    """When a job runs next: the stored time of one that runs often may be some runs old."""
    if job.next_due is None or not job.every:
        return job.next_due
    overdue = (now - job.next_due).total_seconds()
    return job.next_due + timedelta(seconds=max(0, math.ceil(overdue / job.every)) * job.every)


def raw_text(report: "Report", body: bytes) -> str:
    """A report as it came, its `body` decoded."""
    head = report.head.decode("latin-1")
    shown = body[:MOST_BODY_BYTES].decode("utf-8", "backslashreplace")
    rest = len(body) - MOST_BODY_BYTES
    more = f"\n\n… and {rest:,} bytes more" if rest > 0 else ""
    return plain(hide(f"{head}\n\n{shown}{more}".replace("\r\n", "\n")))


def _pause(seconds: float) -> str:
    return f"{seconds:g} s" if seconds < 60 else duration(seconds)


def _due(moment: datetime) -> str:
    return "due now" if moment <= datetime.now(UTC) else ago(moment)


def _short_place(place: str) -> str:
    return place.replace("\\", "/").rpartition("/")[2]
