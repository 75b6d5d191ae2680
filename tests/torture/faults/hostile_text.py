"""Hostile text and secrets that come by HTTP, and every command that prints them."""

import http.client
import re
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from tests.factories import envelope
from tests.hostile import TEXTS, UNSHOWN, report_of
from tests.torture import program, records
from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.outcome import Outcome
from tests.torture.program import CommandResult
from tests.torture.raw_connection import RawConnection, request
from tests.torture.senders import Senders

COMMANDS = (
    "issues", "events", "queue", "doctor", "notices", "history 1", "rules", "jobs", "regroupings",
)  # fmt: skip
# Forms in which people and libraries write secrets; `{}` is replaced with the secret.
SECRET_FORMS = (
    "postgres://user:{}@host/db", "redis://:{}@h:6379/0", "password={}", "password: {}", "Password = '{}'",
    "token: {}", "Authorization: Bearer {}", "Authorization: Basic {}", "api_key={}", "{{'password': '{}'}}",
    '{{"api_key": "{}"}}', '{{\\"password\\": \\"{}\\"}}', "Bearer {}", "AWS_SECRET_ACCESS_KEY={}",
    "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----", "Cookie: a={}; c=d",
    "/login?token={}&next=/",
    "mysql --password {} -h x", "<password>{}</password>", "DB_PASSWORD={};Server=y", '"password"=>"{}"',
    "https://ghp_{}@github.com/x", "client_secret={}", "X-Api-Key: {}", "pwd={}", "--db-password {}",
    "postgres://app:[Filtered]@a and postgres://app:{}@b", "{{'a': {{'token': '{}'}}}}",
)  # fmt: skip
PROCESSES = 2


def hostile_text(arena: Arena, times: int) -> Outcome:
    """No command prints a control character or a secret, or ends with a traceback."""
    arena.start()
    senders = arena.senders(connections=0)
    secrets: list[str] = []
    with RawConnection(arena.port) as connection:
        for number, text in enumerate(TEXTS, 1):
            report = report_of(number, text)
            _send(connection, senders, report.event_id, report.body, text[:100])
        for form in SECRET_FORMS:
            secrets.append(f"zq{uuid.uuid4().hex}x1")
            text = form.format(secrets[-1])
            event_id = uuid.uuid4().hex
            _send(connection, senders, event_id, _with_text(event_id, text), "shop")
            _send_refused(connection, text)
    arena.wait_until_digested()
    commands = list(_commands(arena, times))
    with ThreadPoolExecutor(PROCESSES) as pool:
        printed = list(pool.map(lambda command: program.run(arena, *command), commands))
    complaints = [complaint for each in printed for complaint in _complaints(each, secrets)]
    return arena.outcome(
        len(commands),
        senders,
        *complaints[:10],
        records.dead_letters(arena.folder),
        figure=f"{len(printed)} commands, {sum(len(each.everything) for each in printed):,} characters",
    )


def _with_text(event_id: str, text: str) -> bytes:
    """An event with `text` in every field that holds text, rather than a name."""
    frame = {"function": "f", "module": "shop", "lineno": 3, "vars": {"said": text}}
    return envelope(
        event_id,
        message=text,
        transaction=text,
        tags={"said": text},
        user={"id": "7", "email": text},
        extra={"said": {"inner": [text]}},
        contexts={"said": {"name": text}},
        breadcrumbs=[{"message": text, "category": "log", "data": {"x": text}}],
        request={"url": text, "query_string": text, "data": text, "headers": {"X-Text": text}},
        exception={"values": [{"type": "KeyError", "value": text, "stacktrace": {"frames": [frame]}}]},
    )


def _send(connection: RawConnection, senders: Senders, event_id: str, body: bytes, project: str) -> None:
    target = f"/api/1/envelope/?sentry_key={quote(project, errors='replace')}"
    answer = connection.exchange(request(target, body, {}))
    senders.answers[answer.status] += 1
    if answer.status == http.client.OK:
        senders.acknowledged.append(event_id)


def _send_refused(connection: RawConnection, text: str) -> None:
    """Send a request that is refused for its host, with this text in its head and its body."""
    headers = {"Host": "evil.example", "X-Text": re.sub(r"[^ -~]", "\x1b[31m", text)}
    path = "/nothing" if re.search(r"\s", text) else "/nothing?" + text
    connection.exchange_and_close(request(path, text.encode(), headers))


def _commands(arena: Arena, events: int) -> Iterator[Sequence[str]]:
    """All commands that only read, plain and as JSON; `event` and `queue show` for `events` of each."""
    filed = [event.event_id for event in records.filed_events(arena.folder)]
    chosen = arena.rng.sample(filed, min(events, len(filed)))
    refused = [f"queue show r{number}" for number in range(1, min(events, 10) + 1)]
    for command in (*COMMANDS, *(f"event {event_id}" for event_id in chosen), *refused):
        yield command.split()
        if not command.startswith("queue show"):
            yield (*command.split(), "--json")
    yield "event", TEXTS[0]
    yield "issues", "--query", TEXTS[1]


def _complaints(printed: CommandResult, secrets: Sequence[str]) -> Iterator[str]:
    said = printed.everything
    if found := UNSHOWN.search(said.replace("\t", " ")):
        yield f"`{printed.command!a}` prints {said[max(0, found.start() - 40) : found.end() + 20]!a}"
    if "Traceback (most recent call last)" in printed.errors or printed.code not in (0, 1, 3):
        yield f"`{printed.command!a}` ended with {printed.code}: {printed.errors[-500:]!a}"
    for secret, form in zip(secrets, SECRET_FORMS, strict=True):
        if secret in said:
            at = said.index(secret)
            yield f"`{printed.command}` prints the secret of {form!r}: {said[max(0, at - 60) : at]!a}"


FAULTS = (Fault("hostile text and secrets in commands", hostile_text, short=3, long=40),)
