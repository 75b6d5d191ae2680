"""The commands about what has come and why nothing comes: `event`, `tail`, `doctor` and `send-test`.

They load more than those that only list and count (`read_commands`).
"""

import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from app import cli, doctor
from app.cli import send_test as sending
from app.cli import stored_event
from app.cli.exit_codes import FAILED
from app.cli.json_lines import EVENT_FIELDS, as_json
from app.cli.tail import Tail
from app.doctor.finding import Severity
from app.engine import address, stopping
from app.model import EventSummary
from app.plain_text import say
from app.program_command import NAME
from app.settings import Settings
from app.store import failures
from app.store.database import Database, open_existing
from app.store.errors import DatabaseMissing, DatabaseUnusable
from app.store.inbox.lists import events as event_store

POLL_SECONDS = 0.2
ARRIVAL_SECONDS = 10.0


def event(settings: Settings, given: Namespace) -> int:
    """Print one event."""
    found = stored_event.read(settings, given.event_id)
    if found is None:
        return FAILED
    if given.json:
        print(as_json(found.event))
    else:
        cli.printing.print_whole_event(cli.printing.terminal(), found.event)
    return 0


def tail(settings: Settings, given: Namespace) -> int:
    """Print events as they arrive, until Ctrl-C."""
    stop = stopping.on_signals()
    show = _as_line if given.json else _in_terminal()
    with closing(open_existing(settings.data_dir)) as database:
        follower = Tail(database)
        # A program that reads the pipe must know from which moment on no event is missed.
        say("following; Ctrl-C ends it", error=True, flush=True)
        while not stop.wait(POLL_SECONDS):
            for new in follower.new():
                show(new)
    return 0


def _as_line(event: EventSummary) -> None:
    print(as_json(event, EVENT_FIELDS), flush=True)


def _in_terminal() -> Callable[[EventSummary], None]:
    console = cli.printing.terminal()
    return lambda event: cli.printing.print_event(console, event)


def examine(settings: Settings, given: Namespace) -> int:
    """Print what is wrong, who called and what was refused; fails when a finding is a problem."""
    if given.repair:
        return cli.repair_commands.repair(settings, given)
    now = datetime.now(UTC)
    try:
        with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
            found = doctor.examination.examine(connection, settings, now=now)
    except DatabaseMissing:
        # If there never was a store, this command fails as all others do.
        if address.read(settings.data_dir) is None:
            raise
        why = f"There is no error store in {settings.data_dir}, though an engine runs on it."
        found = doctor.examination.examine_without_store(settings, why, now=now)
    except DatabaseUnusable as error:
        found = doctor.examination.examine_without_store(settings, str(error), now=now)
    except failures.StatementFailure as error:
        why = f"The error store cannot be read: {failures.explain(error)}."
        found = doctor.examination.examine_without_store(settings, why, now=now)
    if given.json:
        print(as_json(found))
    else:
        cli.printing.print_examination(cli.printing.terminal(), found)
    return FAILED if any(finding.severity == Severity.PROBLEM for finding in found.findings) else 0


def send_test(settings: Settings, _given: Namespace) -> int:
    """Send a real error, and check that it arrives in the store."""
    result = sending.send(address.find(settings))
    say(result.message, error=not result.ok)
    if not result.ok or result.event_id is None:
        return FAILED
    with closing(open_existing(settings.data_dir)) as database:
        if _arrives(database, result.event_id):
            say("It has arrived: the event is filed.")
            return 0
    say(
        f"It has not been filed within {ARRIVAL_SECONDS:.0f} seconds. {NAME} status tells what waits; "
        f"perhaps the engine at that address works on another folder than {settings.data_dir}.",
        error=True,
    )
    return FAILED


def _arrives(database: Database, event_id: str) -> bool:
    deadline = time.monotonic() + ARRIVAL_SECONDS
    while time.monotonic() < deadline:
        with database.reading() as connection:
            if event_store.find(connection, event_id) is not None:
                return True
        time.sleep(POLL_SECONDS / 4)
    return False
