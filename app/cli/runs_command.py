"""The command that lists the runs of commands."""

from argparse import Namespace
from contextlib import closing
from datetime import datetime

from msgspec import Struct

from app import cli, processes
from app.cli.exit_codes import DONE
from app.cli.json_lines import as_json
from app.model import from_micros
from app.plain_text import say
from app.run_ending import RunState
from app.settings import Settings
from app.store.database import Connection, open_existing
from app.store.places.run_numbers import ListedRun, RunNumbers
from app.store.places.runs import Run


class PrintedRun(Struct, frozen=True, kw_only=True):
    """A run as its JSON has it; `errors` is how many events came in it, 10001 for more than 10,000."""

    id: int
    command: str
    project: str
    cwd: str
    state: RunState
    exit_code: int | None
    signal: str | None
    started: datetime
    ended: datetime | None
    errors: int


def list_runs(settings: Settings, given: Namespace) -> int:
    """List runs, the newest first."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        found = _read(connection)[: given.limit]
    if given.json:
        for run in found:
            print(as_json(_printed(run)))
    elif found:
        cli.printing.print_runs(cli.printing.terminal(), found)
    else:
        say("No command has been run yet. main.py run -- COMMAND runs one and reports its crashes.")
    return DONE


def _read(connection: Connection) -> tuple[ListedRun, ...]:
    numbers = RunNumbers(_is_alive)
    while (listed := numbers.all(connection)).is_behind:
        pass
    return listed.runs


def _is_alive(run: Run) -> bool:
    return processes.identity.is_alive(run.host, run.pid, run.process_started)


def _printed(run: ListedRun) -> PrintedRun:
    return PrintedRun(
        id=run.id,
        command=run.command,
        project=run.project,
        cwd=run.cwd,
        state=run.state,
        exit_code=run.exit_code,
        signal=run.signal,
        started=from_micros(run.started_at),
        ended=None if run.ended_at is None else from_micros(run.ended_at),
        errors=run.errors,
    )
