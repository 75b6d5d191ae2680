"""The command that lists the runs of commands."""

from argparse import Namespace
from contextlib import closing
from datetime import datetime

from msgspec import Struct

from app import cli, process_identity, run_ending
from app.cli.exit_codes import DONE
from app.cli.json_lines import as_json
from app.model import from_micros
from app.plain_text import say
from app.run_ending import RunState
from app.settings import Settings
from app.store.database import Connection, open_existing
from app.store.inbox.indexes import run_events
from app.store.inbox.indexes.run_events import RunCount
from app.store.places import runs
from app.store.places.runs import Run


class ListedRun(Struct, frozen=True, kw_only=True):
    """A run as it is printed; `errors` is how many events came in it, 10001 for more than 10,000."""

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

    @property
    def words(self) -> str:
        """How it is with it."""
        is_over = self.state is not RunState.RUNNING
        return run_ending.words(is_over=is_over, exit_code=self.exit_code, signal=self.signal)


def list_runs(settings: Settings, given: Namespace) -> int:
    """List runs, the newest first."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        found = [_listed(connection, run) for run in runs.listed(connection, given.limit)]
    if given.json:
        for run in found:
            print(as_json(run))
    elif found:
        cli.printing.print_runs(cli.printing.terminal(), found)
    else:
        say("No command has been run yet. main.py run -- COMMAND runs one, and turns its crashes into events.")
    return DONE


def _listed(connection: Connection, run: Run) -> ListedRun:
    is_over = not run.is_running or not process_identity.is_alive(run.host, run.pid, run.process_started)
    errors = run.errors
    if errors is None:
        errors = run_events.count_on(connection, run.id, RunCount()).errors
    return ListedRun(
        id=run.id,
        command=run.command,
        project=run.project,
        cwd=run.cwd,
        state=run_ending.state(is_over=is_over, exit_code=run.exit_code, signal=run.signal),
        exit_code=run.exit_code,
        signal=run.signal,
        started=from_micros(run.started_at),
        ended=None if run.ended_at is None else from_micros(run.ended_at),
        errors=errors,
    )
