"""Prints issues, events and the queue in a terminal.

All of it contains text from outside: no text is read as markup, and `_Terminal` lets no control character
through to the terminal, also where a caller forgot to make its text plain.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from app.cli.json_lines import Overview
from app.digest import scrubbing
from app.doctor.examination import Examination
from app.doctor.finding import Severity
from app.happenings import Kind
from app.model import Event, EventSummary, Issue, Level, Report, from_micros
from app.plain_text import elided, one_line, plain, plural
from app.run_ending import RunState
from app.secrets_in_text import hide
from app.store.engine_state.job_runs import JobRun
from app.store.grouping.corrections import Regrouping
from app.store.inbox.triage.history import Line
from app.store.notices.channels import Channel
from app.store.notices.notice_list import ListedNotice as ListedNotice
from app.store.places.run_numbers import ListedRun
from app.store.queue.flow import Flow
from app.store.queue.queue_overview import Refusal, Setback

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
_RUN_STYLES = {
    RunState.RUNNING: "bold blue",
    RunState.DONE: "green",
    RunState.FAILED: "red",
    RunState.STOPPED: "dim",
    RunState.UNKNOWN: "yellow",
}
SHORT = 100
_LONGEST_NAME = 60
_LONGEST_LINE = 2_000
_REFUSALS = 20


def terminal() -> Console:
    """The terminal that this process writes to."""
    return _Terminal(highlight=False, markup=False, emoji=False)


class _Terminal(Console):
    """A console that shows control characters instead of sending them to the terminal."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(plain(segment.text), segment.style)


def print_issues(console: Console, issues: Sequence[Issue]) -> None:
    """A table of issues."""
    table = Table("id", "", "issue", "project", "events", "last seen", box=None, pad_edge=False)
    for issue in issues:
        table.add_row(
            str(issue.id),
            _level(issue.level),
            Text(_short(issue.title) + (f"\n{_short(issue.culprit)}" if issue.culprit else "")),
            Text(_name(issue.project)),
            str(issue.count),
            f"{issue.last_seen.astimezone():%Y-%m-%d %H:%M:%S}",
        )
    console.print(table)


def print_line(console: Console, line: Line) -> None:
    """One line of an issue's timeline."""
    line_text = Text(f"{line.at.astimezone():%Y-%m-%d %H:%M:%S}  ", style="dim")
    line_text.append(line.title, style="bold")
    until = "" if line.until is None else f"until {line.until.astimezone():%Y-%m-%d %H:%M}"
    count = f"{line.count:,} events" if line.count is not None and line.kind == Kind.COUNT else ""
    for sentence in filter(None, (count, line.text, until)):
        line_text.append(f"  {plain(sentence)}")
    console.print(line_text, soft_wrap=True)


def print_event(console: Console, event: EventSummary) -> None:
    """One line about an event."""
    line = Text(f"{event.timestamp.astimezone():%H:%M:%S}  ", style="dim")
    line.append_text(_level(event.level))
    line.append(f"  {_name(event.project)}  ", style="cyan").append(_short(event.title), style="default")
    line.append(f"  {one_line(event.event_id)}", style="dim")
    console.print(line, soft_wrap=True)


def print_whole_event(console: Console, event: Event) -> None:
    """An event, readable: what failed, where, and in which request."""
    console.print(Text(one_line(event.title, _LONGEST_LINE), style="bold"))
    console.print(
        f"{event.level} in {_name(event.project)}, {event.timestamp.astimezone():%Y-%m-%d %H:%M:%S}"
    )
    for exception in event.exceptions:
        for frame in exception.frames:
            style = "default" if frame.in_app else "dim"
            where = one_line(f"{frame.filename}:{frame.line} in {frame.function}", _LONGEST_LINE)
            console.print(Text(f"  {where}", style=style))
            console.print(
                Text(
                    "".join(f"    {plain(text.strip())}\n" for n, text in frame.context if n == frame.line),
                    end="",
                )
            )
        console.print(Text(plain(f"{exception.type}: {exception.value}"), style="red"))
    if event.message and not event.exceptions:
        console.print(Text(plain(event.message)))
    if event.request is not None:
        request = f"{event.request.method or ''} {event.request.url or ''}".strip()
        console.print(Text(one_line(request, _LONGEST_LINE)))
    for problem in event.problems:
        console.print(Text(one_line(f"not understood: {problem}", _LONGEST_LINE), style="yellow"))


def print_examination(console: Console, found: Examination) -> None:
    """What `doctor` found: the findings, the worst first, then callers and refused requests."""
    for finding in found.findings:
        console.print(Text(f"{finding.severity.upper():<8} ", style=_SEVERITIES[finding.severity]), end="")
        console.print(Text(one_line(finding.title, _LONGEST_LINE), style="bold"), soft_wrap=True)
        for sentence in filter(None, (finding.meaning, finding.advice and f"→ {finding.advice}")):
            console.print(Padding(Text(plain(sentence)), (0, 0, 0, 9)))
    if found.callers:
        table = Table("client", "version", "protocol", "project", "reports", "last call", box=None)
        for caller in found.callers:
            table.add_row(
                *_cells(caller.client, caller.version or "", caller.protocol, caller.project),
                f"{caller.reports:,}",
                f"{caller.last_seen.astimezone():%Y-%m-%d %H:%M:%S}",
            )
        console.print(Text("\nClients that sent reports", style="bold"))
        console.print(table)
    _print_refusals(console, found.refusals)


def print_queue(console: Console, found: Overview) -> None:
    """The counters, and below them what waits, what failed and what was refused."""
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
        about = f"{setback.report_id}  {_name(setback.project)}  {due}, {setback.attempts} tries  "
        console.print(Text(about, style="red" if setback.dead else "yellow").append(_short(setback.error)))
    if found.listeners_left_out is not None:
        console.print(Text("\n" + found.listeners_left_out.sentence, style="red"), soft_wrap=True)
    if found.listener_failures:
        console.print(Text("\nListeners that failed", style="bold"))
    for failure in found.listener_failures:
        about = f"{_moment(failure.at)}  {failure.count:,} ×  {failure.listener} at {failure.place}  "
        console.print(Text(one_line(about + failure.error, _LONGEST_LINE)), soft_wrap=True)
    _print_refusals(console, found.refusals)


def print_failed_report(console: Console, setback: Setback, report: Report) -> None:
    """A report that failed: why, and its head and body."""
    console.print(
        f"Report {report.id} of {_name(report.project)}, {report.protocol}, {setback.attempts} tries.\n"
    )
    console.print(Text(plain(setback.traceback)))
    head = report.head.decode("latin-1").replace("\r\n", "\n")
    console.print(Text(plain(hide(head))), soft_wrap=True)
    body = hide(report.body.decode("utf-8", "backslashreplace"))
    console.print(Text(plain("\n" + body)), soft_wrap=True)


def print_refusal(console: Console, refusal: Refusal) -> None:
    """A refused request: why, and what is stored of its head and body, without the secrets in the head."""
    tried = (
        f", tried again {'once' if refusal.retries == 1 else f'{refusal.retries} times'}"
        if refusal.retries
        else ""
    )
    console.print(Text(plain(f"R{refusal.id}: answered {refusal.status}{tried}. {refusal.reason}\n")))
    console.print(Text(plain(scrubbing.head(refusal.head))), soft_wrap=True)
    body = hide(refusal.body.decode("utf-8", "backslashreplace"))
    console.print(Text(plain("\n" + body)), soft_wrap=True)
    missing = (refusal.body_size or 0) - len(refusal.body)
    if refusal.body_size is None:
        console.print(Text("\n… there may have been more: an older version has kept this much", style="dim"))
    elif missing > 0:
        cut_note = f"\n… {len(refusal.body):,} of {refusal.body_size:,} bytes are kept"
        console.print(Text(cut_note, style="dim"))


def print_runs(console: Console, found: Sequence[ListedRun]) -> None:
    """Runs of commands, a line each."""
    widest = max((len(run.words) for run in found), default=0)
    for run in found:
        line = Text(f"{run.id:>4}  ", style="bold")
        line.append(f"{_moment(from_micros(run.started_at))}  ", style="dim")
        line.append(f"{run.words:<{widest}}  ", style=_RUN_STYLES[run.state])
        line.append(f"{plural(run.errors, 'error'):<10}  ")
        line.append(f"{_name(run.project)}  ", style="cyan").append(_short(run.command), style="default")
        console.print(line, soft_wrap=True)


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
            Text(_short(job.last_error or ""), style="red"),
        )
    console.print(table)


def print_notices(console: Console, found: Sequence[ListedNotice]) -> None:
    """A table of notices."""
    table = Table("at", "to", "", "notice", "why", box=None, pad_edge=False)
    for notice in found:
        cells = (_moment(notice.created_at), notice.channel, notice.state, notice.title, notice.error or "")
        table.add_row(*_cells(*cells))
    console.print(table)


def print_channels(console: Console, found: Sequence[Channel]) -> None:
    """A table of channels."""
    table = Table("channel", "where", "", "last error", box=None, pad_edge=False)
    for channel in found:
        on = "on" if channel.enabled else "off"
        table.add_row(*_cells(channel.name, channel.where, on, channel.last_error or ""))
    console.print(table)


def print_table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of texts under the names of its columns."""
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*_cells(*row))
    console.print(table)


def moment(at: datetime) -> str:
    """A time as the tables show it."""
    return _moment(at)


def print_regroupings(console: Console, found: Sequence[Regrouping]) -> None:
    """A table of regroupings."""
    table = Table("id", "at", "state", "moved", "what", box=None, pad_edge=False)
    for one in found:
        moved = f"{one.done:,} of {one.total:,}"
        table.add_row(*_cells(str(one.id), _moment(one.created_at), one.state, moved, one.title))
    console.print(table)


def _print_refusals(console: Console, refusals: Sequence[Refusal]) -> None:
    if refusals:
        console.print(Text("\nTurned away", style="bold"))
    for refusal in refusals[:_REFUSALS]:
        request = _short(scrubbing.head(refusal.head.partition("\r\n")[0]))
        size = "" if refusal.body_size is None else f"  {refusal.body_size:,} bytes"
        line = f"R{refusal.id}  {_moment(refusal.at)}  {refusal.status}  {refusal.reason}  {request}{size}"
        console.print(Text(one_line(line, _LONGEST_LINE)), soft_wrap=True)


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"


def _level(level: Level) -> Text:
    return Text(f"{level:<7}", style=STYLES[level])


def _cells(*texts: str) -> Iterable[Text]:
    return (Text(elided(text, _LONGEST_LINE)) for text in texts)


def _name(text: str | None) -> str:
    return elided(text or "", _LONGEST_NAME)


def _short(text: str) -> str:
    return elided(text, SHORT)
