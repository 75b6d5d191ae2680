"""How each client is configured to send here: one catalogue for docs/clients.md, the window and the tests.

The catalogue is `resources/clients.toml`; this module fills in the real address. The tests execute `code` as
it is printed, so what the user reads is known to work. `python -m app.clients` prints the page.
"""

import sys
import tomllib
from functools import cache
from itertools import groupby
from string import Template
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from app import program_command
from app.dsn import dsn

CATALOGUE = program_command.ROOT / "resources" / "clients.toml"
DEFAULT_URL = "http://127.0.0.1:1974"
DEFAULT_SMTP_PORT = 2525

_HEAD = """\
# Point your app here

These lines point a client that you have already at Arecibo, as it runs at {url}; nothing else has to change.
The tests run these very lines. `my_app` is a name of your choice: it names the project, which is made when
its first error arrives. The window shows the same lines with the address at which it listens.
"""


class Client(Struct, frozen=True, kw_only=True):
    """One client, and how to configure it.

    `package` is its name in its registry, empty where nothing is to be installed; `install` is a line for
    the terminal. `code` is in `language` (python, javascript, ruby, shell, http), with the address filled in.
    `when_nobody_listens` says how the app is affected when Arecibo is not running, `note` what else to know;
    both are sentences, with `names of code` in backticks.
    """

    name: str
    group: str
    language: str
    package: str
    install: str
    code: str
    when_nobody_listens: str
    note: str = ""


def clients(url: str, project: str = "my_app", smtp_port: int = DEFAULT_SMTP_PORT) -> tuple[Client, ...]:
    """Every client, configured to send to the engine at `url`, into the project `project`."""
    where = urlsplit(url)
    values = {
        "url": url,
        "host": where.hostname or "",
        "port": str(where.port or 80),
        "dsn": dsn(url, project),
        "project": project,
        "smtp_port": str(smtp_port),
    }
    return tuple(Client(**{name: _fill(text, values) for name, text in row.items()}) for row in _rows())


def markdown(url: str = DEFAULT_URL) -> str:
    """The whole text of docs/clients.md."""
    parts = [_HEAD.format(url=url)]
    for group, members in groupby(clients(url), key=lambda client: client.group):
        parts.append(f"## {group}\n")
        parts.extend(_section(client) for client in members)
    return "\n".join(parts)


def _section(client: Client) -> str:
    lines = [f"### {client.name}", ""]
    if client.install:
        lines += [f"`{client.install}`", ""]
    lines += [f"```{client.language}", client.code, "```", ""]
    if client.note:
        lines += [client.note, ""]
    lines += [f"*When nobody listens:* {client.when_nobody_listens}", ""]
    return "\n".join(lines)


def _fill(text: str, values: dict[str, str]) -> str:
    return Template(text).substitute(values).strip()


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(CATALOGUE.read_text("utf-8"))["client"]
    return rows


if __name__ == "__main__":
    sys.stdout.write(markdown())
