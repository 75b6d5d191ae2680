"""Sets, pauses and removes what is passed on: the window's way and the command line's. Raises sentences."""

from collections.abc import Collection

from app.forwarding.own_address import demand_other
from app.store.database import Connection
from app.store.forwarding import forwards
from app.store.forwarding.forwards import Forward
from app.store.inbox.issues import projects
from app.store.queue import report_queue
from app.target_dsn import parse


def check(dsn: str, own_ports: Collection[int]) -> str:
    """The DSN as it is stored. Raises `DsnUnusable`, and `OwnAddress` when it is this engine's."""
    demand_other(parse(dsn), own_ports)
    return dsn.strip()


def add(connection: Connection, project: str, dsn: str, now: int) -> Forward:
    """Pass on what arrives for a project from now on; `dsn` is checked. Raises `HasTarget`."""
    number = projects.number(connection, project, now)
    return forwards.add(connection, number, dsn, after_report=report_queue.last_number(connection), now=now)


def of_project(connection: Connection, project: str) -> Forward | None:
    """The target of the project that people mean by a name, if it has one."""
    found = {each.project_id: each for each in forwards.listed(connection)}
    return next(
        (each for number, each in found.items() if project in projects.names_of(connection, number)), None
    )
