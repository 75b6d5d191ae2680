"""The commands that list and count: `issues`, `events` and `status`.

Reading works while an engine runs on the same folder. The `--json` shapes are a contract.
"""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager

from app import cli, fault_words, store
from app.cli import query_problems
from app.cli.exit_codes import USAGE_ERROR
from app.cli.json_lines import EVENT_FIELDS, ISSUE_FIELDS, as_json
from app.clock import now_micros
from app.engine import address
from app.plain_text import say
from app.settings import Settings
from app.store.database import Connection, open_existing
from app.store.inbox.lists import events as event_store
from app.store.inbox.lists import issues as issue_store
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.queue import queue_overview


def issues(settings: Settings, given: Namespace) -> int:
    """List issues."""
    if not query_problems.report(given.query):
        return USAGE_ERROR
    with _reading(settings) as connection:
        issue_filter = IssueFilter(View.EVERYTHING, text=given.query)
        found = issue_store.page(connection, issue_filter, limit=given.limit)
    if given.json:
        for issue in found:
            print(as_json(issue, ISSUE_FIELDS))
    else:
        cli.printing.print_issues(cli.printing.terminal(), found)
    return 0


def events(settings: Settings, given: Namespace) -> int:
    """List events."""
    if not query_problems.report(given.query):
        return USAGE_ERROR
    with _reading(settings) as connection:
        found = event_store.summaries(connection, issue_id=given.issue, text=given.query, limit=given.limit)
    if given.json:
        for event in found:
            print(as_json(event, EVENT_FIELDS))
    else:
        console = cli.printing.terminal()
        for event in found:
            cli.printing.print_event(console, event)
    return 0


def status(settings: Settings, given: Namespace) -> int:
    """Print the counters."""
    with _reading(settings) as connection:
        counters = queue_overview.status(connection)
        set_faults = store.faults.listed(connection, now_micros())
        passed_on = store.forwards.listed(connection)
    if given.json:
        print(as_json(counters))
    else:
        for name in counters.__struct_fields__:
            say(f"{name:<9} {getattr(counters, name):,}")
        for name, state in _listeners(settings):
            say(f"{name:<9} {state}")
        for each in passed_on:
            how = "on" if each.enabled else "paused"
            how = f"{how}, {each.sent:,} sent, {each.waiting:,} waiting"
            say(f"forward   {each.project} to {each.where}: {how}")
        for fault in set_faults:
            found = (fault.answer.value, fault.seconds, fault.share, fault.until, fault.met)
            say(f"FAULT     {fault_words.describe(fault.project, *found)}")
    return 0


def _listeners(settings: Settings) -> Iterator[tuple[str, str]]:
    running = address.read(settings.data_dir)
    if running is None:
        yield "engine", "does not run on this folder"
        return
    yield "engine", f"listens on {running.url}"
    yield "spotlight", _side_door(running.spotlight, running.no_spotlight)
    yield "mail", _side_door(running.smtp, running.no_smtp)


def _side_door(url: str | None, why_not: str) -> str:
    if url:
        return f"listens on {url}"
    return f"is not heard: {why_not}" if why_not else "is switched off"


@contextmanager
def _reading(settings: Settings) -> Iterator[Connection]:
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        yield connection
