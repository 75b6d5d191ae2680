"""How issues, events and the queue look in a terminal."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.digest import scrubbing
from app.doctor import Examination, Severity
from app.happenings import Kind
from app.json_lines import Overview
from app.model import Event, EventSummary, Issue, Level, Report
from app.notifications.directory import Channel
from app.notifications.listing import Listed as ListedNotice
from app.store.flow import Flow
from app.store.history import Line
from app.store.job_runs import JobRun
from app.store.queue import Refusal, Setback
from app.store.regroupings import Regrouping

STYLES = {
    Level.FATAL: "bold red",
    Level.ERROR: "red",
    Level.WARNING: "yellow",
    Level.INFO: "blue",
    Level.DEBUG: "dim",
}
_SEVERITIES = {
    Severity.OK: "green",
    Severity.NOTE: "blue",
    Severity.WARNING: "yellow",
    Severity.PROBLEM: "bold red",
}
SHORT = 100
_REFUSALS = 20


def terminal() -> Console:
    """The terminal that this process writes to."""
    return Console(highlight=False)


def print_issues(console: Console, issues: Sequence[Issue]) -> None:
    """A table of issues."""
    table = Table("id", "", "issue", "project", "events", "last seen", box=None, pad_edge=False)
    for issue in issues:
        table.add_row(
            str(issue.id),
            _level(issue.level),
            Text(_short(issue.title) + (f"\n{_short(issue.culprit)}" if issue.culprit else "")),
            Text(issue.project),
            str(issue.count),
            f"{issue.last_seen.astimezone():%Y-%m-%d %H:%M:%S}",
        )
    console.print(table)


def print_line(console: Console, line: Line) -> None:
    """One line of an issue's timeline."""
    said = Text(f"{line.at.astimezone():%Y-%m-%d %H:%M:%S}  ", style="dim")
    said.append(line.title, style="bold")
    until = "" if line.until is None else f"until {line.until.astimezone():%Y-%m-%d %H:%M}"
    count = f"{line.count:,} events" if line.count is not None and line.kind == Kind.COUNT else ""
    for words in filter(None, (count, line.text, until)):
        said.append(f"  {words}")
    console.print(said, soft_wrap=True)


def print_event(console: Console, event: EventSummary) -> None:
    """One line about an event."""
    line = Text(f"{event.timestamp.astimezone():%H:%M:%S}  ", style="dim")
    line.append_text(_level(event.level))
    line.append(f"  {event.project}  ", style="cyan").append(_short(event.title), style="default")
    line.append(f"  {event.event_id}", style="dim")
    console.print(line, soft_wrap=True)


def print_whole_event(console: Console, event: Event) -> None:
    """An event for a person: what failed, where, and in which request."""
    console.print(Text(event.title, style="bold"))
    console.print(f"{event.level} in {event.project}, {event.timestamp.astimezone():%Y-%m-%d %H:%M:%S}")
    for exception in event.exceptions:
        for frame in exception.frames:
            style = "default" if frame.in_app else "dim"
            where = f"{frame.filename}:{frame.line} in {frame.function}"
            console.print(Text(f"  {where}", style=style))
            console.print(
                Text("".join(f"    {text.strip()}\n" for n, text in frame.context if n == frame.line), end="")
            )
        console.print(Text(f"{exception.type}: {exception.value}", style="red"))
    if event.message and not event.exceptions:
        console.print(Text(event.message))
    if event.request is not None:
        console.print(Text(f"{event.request.method or ''} {event.request.url or ''}".strip()))
    for problem in event.problems:
        console.print(Text(f"not understood: {problem}", style="yellow"))


def print_examination(console: Console, found: Examination) -> None:
    """What `doctor` found: the worst first, then who called and what was turned away."""
    for finding in found.findings:
        console.print(Text(f"{finding.severity.upper():<8} ", style=_SEVERITIES[finding.severity]), end="")
        console.print(Text(finding.title, style="bold"), soft_wrap=True)
        for words in filter(None, (finding.meaning, finding.advice and f"→ {finding.advice}")):
            console.print(Padding(Text(words), (0, 0, 0, 9)))
    if found.callers:
        table = Table("client", "version", "protocol", "project", "reports", "last call", box=None)
        for caller in found.callers:
            table.add_row(
                *map(Text, (caller.client, caller.version or "", caller.protocol, caller.project)),
                f"{caller.reports:,}",
                f"{caller.last_seen.astimezone():%Y-%m-%d %H:%M:%S}",
            )
        console.print(Text("\nWho called in", style="bold"))
        console.print(table)
    _print_refusals(console, found.refusals)


def print_queue(console: Console, found: Overview) -> None:
    """The numbers, and below them what waits, what failed and what was turned away."""
    status = found.status
    flow = found.flow or Flow(received=0, digested=0)
    since = "" if found.oldest is None else f", the oldest since {_moment(found.oldest)}"
    console.print(f"pending   {status.pending:,}{since}")
    console.print(f"flow      {flow.received:,.1f} in and {flow.digested:,.1f} out a second")
    console.print(f"digested  {status.digested:,}, {found.dropped:,} events dropped by before_digest")
    console.print(f"dead      {status.dead:,}")
    console.print(f"refused   {status.rejected:,}")
    if found.setbacks:
        console.print(Text("\nFailed", style="bold"))
    for setback in found.setbacks:
        due = "dead" if setback.due_at is None else f"due {_moment(setback.due_at)}"
        about = f"{setback.report_id}  {setback.project}  {due}, {setback.attempts} tries  "
        console.print(Text(about, style="red" if setback.dead else "yellow").append(_short(setback.error)))
    if found.listeners_left_out is not None:
        console.print(Text("\n" + found.listeners_left_out.sentence, style="red"), soft_wrap=True)
    if found.listener_failures:
        console.print(Text("\nListeners that failed", style="bold"))
    for failure in found.listener_failures:
        about = f"{_moment(failure.at)}  {failure.count:,} ×  {failure.listener} at {failure.place}  "
        console.print(Text(about + failure.error), soft_wrap=True)
    _print_refusals(console, found.refusals)


def print_letter(console: Console, setback: Setback, report: Report) -> None:
    """A report that failed: why, and how it came."""
    console.print(f"Report {report.id} of {report.project}, {report.protocol}, {setback.attempts} tries.\n")
    console.print(Text(setback.traceback))
    console.print(Text(report.head.decode("latin-1").replace("\r\n", "\n")), soft_wrap=True)
    console.print(Text("\n" + report.body.decode("utf-8", "backslashreplace")), soft_wrap=True)


def print_refusal(console: Console, refusal: Refusal) -> None:
    """A refused request: why, and all that is kept of how it came, without the secrets in its head."""
    tried = f", tried again {refusal.retries} times" if refusal.retries else ""
    console.print(Text(f"R{refusal.id}: answered {refusal.status}{tried}. {refusal.reason}\n"))
    console.print(Text(scrubbing.head(refusal.head)), soft_wrap=True)
    console.print(Text("\n" + refusal.body.decode("utf-8", "backslashreplace")), soft_wrap=True)
    missing = (refusal.body_size or 0) - len(refusal.body)
    if refusal.body_size is None:
        console.print(Text("\n… there may have been more: an older version has kept this much", style="dim"))
    elif missing > 0:
        said = f"\n… {len(refusal.body):,} of {refusal.body_size:,} bytes are kept"
        console.print(Text(said, style="dim"))


def print_jobs(console: Console, found: Sequence[JobRun]) -> None:
    """A table of jobs."""
    table = Table("job", "runs", "every", "last run", "took", "next run", "last error", box=None)
    for job in found:
        table.add_row(
            job.job,
            f"{job.runs:,}",
            "on arrival" if job.every is None else f"{job.every:g} s",
            "never" if job.last_started is None else _moment(job.last_started),
            "" if job.seconds is None else f"{job.seconds:.3f} s",
            "" if job.next_due is None else _moment(job.next_due),
            Text(job.last_error or "", style="red"),
        )
    console.print(table)


def print_notices(console: Console, found: Sequence[ListedNotice]) -> None:
    """A table of notices."""
    table = Table("at", "to", "", "notice", "why", box=None, pad_edge=False)
    for notice in found:
        words = (_moment(notice.created_at), notice.channel, notice.state, notice.title, notice.error or "")
        table.add_row(*map(Text, words))
    console.print(table)


def print_channels(console: Console, found: Sequence[Channel]) -> None:
    """A table of channels."""
    table = Table("channel", "where", "", "last error", box=None, pad_edge=False)
    for channel in found:
        on = "on" if channel.enabled else "off"
        table.add_row(*map(Text, (channel.name, channel.where, on, channel.last_error or "")))
    console.print(table)


def print_regroupings(console: Console, found: Sequence[Regrouping]) -> None:
    """A table of regroupings."""
    table = Table("id", "at", "state", "moved", "what", box=None, pad_edge=False)
    for one in found:
        moved = f"{one.done:,} of {one.total:,}"
        table.add_row(*map(Text, (str(one.id), _moment(one.created_at), one.state, moved, one.title)))
    console.print(table)


def _print_refusals(console: Console, refusals: Sequence[Refusal]) -> None:
    if refusals:
        console.print(Text("\nTurned away", style="bold"))
    for refusal in refusals[:_REFUSALS]:
        request = _short(scrubbing.text(refusal.head.partition("\r\n")[0]))
        size = "" if refusal.body_size is None else f"  {refusal.body_size:,} bytes"
        line = f"R{refusal.id}  {_moment(refusal.at)}  {refusal.status}  {refusal.reason}  {request}{size}"
        console.print(Text(line), soft_wrap=True)


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"


def _level(level: Level) -> Text:
    return Text(f"{level:<7}", style=STYLES[level])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
