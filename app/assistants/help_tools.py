"""Why nothing arrives, and how an app is pointed here."""

import re
from datetime import UTC, datetime
from difflib import get_close_matches
from itertools import groupby
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta

from app import clients, doctor
from app.assistants import outside
from app.assistants.call import Call, Refused
from app.assistants.tool import Arguments, Bounded
from app.clients import DEFAULT_SMTP_PORT, Client
from app.doctor.examination import Examination
from app.engine import address
from app.plain_text import one_line
from app.store.database import open_existing
from app.store.errors import StoreError
from app.store.failures import StatementFailure, explain

_MOST_CALLERS = 20
_ODD_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


class Doctor(Bounded, kw_only=True):
    """How long the answer may be."""


class ConnectApp(Arguments, kw_only=True):
    """Which client, and the project's name."""

    client: Annotated[
        str, Meta(max_length=100, description="A client of the list; empty: the list itself.")
    ] = ""
    project: Annotated[
        str, Meta(max_length=100, description="The project's name; letters, digits, _, - and . only.")
    ] = "my_app"


def examine(call: Call, given: Doctor) -> str:
    """What is wrong, who called and what was refused."""
    now = datetime.now(UTC)
    try:
        opened = open_existing(call.settings.data_dir)
    except StoreError as error:
        return _told(
            call, doctor.examination.examine_without_store(call.settings, str(error), now=now), given
        )
    try:
        with opened.reading() as connection:
            examined = doctor.examination.examine(connection, call.settings, now=now)
    except StatementFailure as error:
        why = f"The error store cannot be read: {explain(error)}."
        examined = doctor.examination.examine_without_store(call.settings, why, now=now)
    finally:
        opened.close()
    return _told(call, examined, given)


def connect_app(call: Call, given: ConnectApp) -> str:
    """The lines that point a client here."""
    url = address.find(call.settings)
    running = address.read(call.settings.data_dir)
    smtp = call.settings.smtp_port or DEFAULT_SMTP_PORT
    if running is not None and running.smtp:
        smtp = urlsplit(running.smtp).port or smtp
    project = _ODD_IN_A_NAME.sub("_", given.project) or "my_app"
    known = clients.clients(url, project, smtp)
    head = call.without_engine()
    if not given.client:
        groups = groupby(known, key=lambda each: each.group)
        listed = "\n".join(
            f"- {group}: {'; '.join(each.name for each in members)}" for group, members in groups
        )
        return f"{head}Call this again with one of these as client:\n\n{listed}\n"
    return head + _lines(_named(known, given.client))


def _named(known: tuple[Client, ...], name: str) -> Client:
    wanted = name.casefold().strip()
    for each in known:
        if wanted in (each.name.casefold(), each.package.casefold()):
            return each
    alike = [each for each in known if wanted in f"{each.name} {each.package} {each.language}".casefold()]
    if len(alike) == 1:
        return alike[0]
    names = [each.name for each in alike]
    lower = {each.name.casefold(): each.name for each in known}
    names = names or [lower[each] for each in get_close_matches(wanted, lower, 5, 0.4)]
    near = f" Did you mean: {'; '.join(names)}?" if names else ""
    raise Refused(
        f"There is no client {outside.code(one_line(name))} in the list.{near} Without client, this "
        "lists all of them; whatever can send an HTTP request will do."
    )


def _lines(client: Client) -> str:
    install = f"`{client.install}`\n\n" if client.install else ""
    note = f"{client.note}\n\n" if client.note else ""
    return (
        f"# {client.name}\n\n{install}{outside.fenced(client.code)}\n{note}When nobody listens: "
        f"{client.when_nobody_listens}\n\nThen wait_for_error sees the first one come.\n"
    )


def _told(call: Call, examined: Examination, given: Doctor) -> str:
    lines = []
    for finding in examined.findings:
        lines += [f"{finding.severity.upper()}: {one_line(finding.title, 400)}"]
        lines += [f"    {one_line(text, 800)}" for text in (finding.meaning, finding.advice) if text]
    if examined.callers:
        lines += ["", "Clients that sent reports, the newest first:"]
    for caller in examined.callers[:_MOST_CALLERS]:
        name = f"{caller.client} {caller.version or ''}".strip()
        lines.append(
            one_line(
                f"    {name} ({caller.protocol}) of {caller.project}: {caller.reports:,} reports, the "
                f"last at {caller.last_seen:%Y-%m-%d %H:%M:%S}",
                400,
            )
        )
    head = (
        f"The engine's address is {examined.url}. What was found, the worst first.\n\n{outside.WARNING}\n\n"
    )
    hidden = [call.rules.hide(line) for line in lines]
    return f"{call.without_engine()}{head}{outside.lines_within(hidden, given.budget - len(head) - 500)}"
