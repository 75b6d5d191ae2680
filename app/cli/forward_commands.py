"""`main.py forward`: to which other servers reports are passed on. A DSN is never printed whole."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing

import msgspec

from app import cli
from app.cli.exit_codes import DONE, FAILED
from app.cli.json_lines import as_json
from app.clock import now_micros
from app.engine import address
from app.forwarding import set_up
from app.forwarding.own_address import OwnAddress
from app.forwarding.words import WARNING
from app.model import from_micros
from app.plain_text import plural, say
from app.settings import Settings
from app.store.database import Database, open_existing
from app.store.forwarding import forwarded_reports, forwards
from app.store.forwarding.forwards import Forward, HasTarget
from app.target_dsn import DsnUnusable

_HOW = "`main.py forward add PROJECT DSN` passes reports on to another server."


def forward(settings: Settings, given: Namespace) -> int:
    """List targets or what went there, or add, pause, resume or remove one, as `given.act` says."""
    with closing(open_existing(settings.data_dir)) as database:
        match given.act:
            case None | "list":
                return _list(database, is_json=given.json)
            case "log":
                return _log(database, given)
            case "add":
                return _add(database, settings, given)
        with database.writing() as connection:
            found = set_up.of_project(connection, given.project)
            if found is None:
                say(f"The reports of {given.project} are not passed on. {_HOW}", error=True)
                return FAILED
            if given.act == "remove":
                forwards.remove(connection, found.id)
            else:
                forwards.set_enabled(connection, found.id, enabled=given.act == "resume")
    say(_done(given.act, found))
    return DONE


def _done(act: str, found: Forward) -> str:
    waits = f" {plural(found.waiting, 'report')} waited." if found.waiting else ""
    where = f"{found.project} to {found.where}"
    if act == "remove":
        return f"Removed: {where}.{waits.replace('waited', 'waited, and will not be sent')}"
    if act == "pause":
        return f"Paused: {where}. What arrives waits, up to a day.{waits}"
    return f"Resumed: {where}.{waits}"


def _add(database: Database, settings: Settings, given: Namespace) -> int:
    # Arguments are visible to all users of this machine while the process runs: `-` reads the DSN from stdin.
    dsn = sys.stdin.readline() if given.dsn == "-" else given.dsn
    running = address.read(settings.data_dir)
    own = (settings.port, settings.spotlight_port) if running is None else address.ports(running)
    try:
        dsn = set_up.check(dsn, own)
        with database.writing() as connection:
            added = set_up.add(connection, given.project, dsn, now_micros())
    except (DsnUnusable, OwnAddress, HasTarget) as error:
        say(error, error=True)
        return FAILED
    say(f"What arrives for {added.project} from now on is passed on to {added.where}. {WARNING}")
    return DONE


def _list(database: Database, *, is_json: bool) -> int:
    with database.reading() as connection:
        found = forwards.listed(connection)
    if is_json:
        for each in found:
            print(as_json(_told(each)))
    elif found:
        rows = [_row(each) for each in found]
        cli.printing.print_table(
            cli.printing.terminal(), ("project", "to", "", "sent", "waiting", "not sent", "last error"), rows
        )
    else:
        say(f"Nothing is passed on. {_HOW}")
    return DONE


def _log(database: Database, given: Namespace) -> int:
    with database.reading() as connection:
        targets = {each.id: each for each in forwards.listed(connection)}
        only = None
        if given.project is not None:
            chosen = set_up.of_project(connection, given.project)
            if chosen is None:
                say(f"The reports of {given.project} are not passed on. {_HOW}", error=True)
                return FAILED
            only = chosen.id
        found = forwarded_reports.newest(connection, given.limit, only)
    if given.json:
        for each in found:
            told = msgspec.structs.asdict(each) | {
                "project": targets[each.forward_id].project,
                "created_at": from_micros(each.created_at),
                "settled_at": None if each.settled_at is None else from_micros(each.settled_at),
            }
            print(as_json(told))
        return DONE
    rows = [
        (
            cli.printing.moment(from_micros(each.created_at)),
            targets[each.forward_id].project,
            each.state.value,
            each.event_id,
            f"{each.size:,}",
            each.error or "",
        )
        for each in found
    ]
    columns = ("at", "project", "state", "event", "bytes", "why")
    cli.printing.print_table(cli.printing.terminal(), columns, rows)
    return DONE


def _told(each: Forward) -> dict[str, object]:
    return {
        "id": each.id,
        "project": each.project,
        "where": each.where,
        "enabled": each.enabled,
        "sent": each.sent,
        "waiting": each.waiting,
        "waiting_bytes": each.waiting_bytes,
        "not_sent": each.not_sent,
        "failures": each.failures,
        "next_try": from_micros(each.next_try_at) if each.next_try_at else None,
        "last_sent": None if each.last_sent is None else from_micros(each.last_sent),
        "last_error": each.last_error,
    }


def _row(each: Forward) -> Sequence[str]:
    return (
        each.project,
        each.where,
        "on" if each.enabled else "paused",
        f"{each.sent:,}",
        f"{each.waiting:,}",
        f"{each.not_sent:,}",
        each.last_error or "",
    )
