"""Hostile words and secrets that come over HTTP, and every command that prints them."""

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
from tests.torture.program import Printed
from tests.torture.senders import Senders
from tests.torture.wire import Wire, request

COMMANDS = (
    "issues", "events", "queue", "doctor", "notices", "history 1", "rules", "jobs", "regroupings",
)  # fmt: skip
# `{}` is the secret: each a form that people and libraries write.
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


def hostile_words(arena: Arena, times: int) -> Outcome:
    """No command prints a control character, ends with a traceback, or says a secret."""
    arena.start()
    senders = arena.senders(connections=0)
    secrets: list[str] = []
    with Wire(arena.port) as wire:
        for number, text in enumerate(TEXTS, 1):
            report = report_of(number, text)
            _send(wire, senders, report.event_id, report.body, text[:100])
        for form in SECRET_FORMS:
            secrets.append(f"zq{uuid.uuid4().hex}x1")
            text = form.format(secrets[-1])
            event_id = uuid.uuid4().hex
            _send(wire, senders, event_id, _with_words(event_id, text), "shop")
            _refused(wire, text)
    arena.settle()
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


def _with_words(event_id: str, text: str) -> bytes:
    """An event that says `text` wherever words stand, rather than names."""
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


def _send(wire: Wire, senders: Senders, event_id: str, body: bytes, project: str) -> None:
    target = f"/api/1/envelope/?sentry_key={quote(project, errors='replace')}"
    answer = wire.ask(request(target, body, {}))
    senders.answers[answer.status] += 1
    if answer.status == http.client.OK:
        senders.acknowledged.append(event_id)


def _refused(wire: Wire, text: str) -> None:
    """A request that is turned away for its host, with these words in its head and its body."""
    headers = {"Host": "evil.example", "X-Text": re.sub(r"[^ -~]", "\x1b[31m", text)}
    path = "/nothing" if re.search(r"\s", text) else "/nothing?" + text
    wire.ask_last(request(path, text.encode(), headers))


def _commands(arena: Arena, events: int) -> Iterator[Sequence[str]]:
    """All that only reads, plain and as JSON; `event` for so many of the events."""
    filed = [event.event_id for event in records.filed_events(arena.folder)]
    chosen = arena.chance.sample(filed, min(events, len(filed)))
    refused = [f"queue show r{number}" for number in range(1, min(events, 10) + 1)]
    for command in (*COMMANDS, *(f"event {event_id}" for event_id in chosen), *refused):
        yield command.split()
        if not command.startswith("queue show"):
            yield (*command.split(), "--json")
    yield "event", TEXTS[0]
    yield "issues", "--query", TEXTS[1]


def _complaints(printed: Printed, secrets: Sequence[str]) -> Iterator[str]:
    said = printed.everything
    if found := UNSHOWN.search(said.replace("\t", " ")):
        yield f"`{printed.command!a}` prints {said[max(0, found.start() - 40) : found.end() + 20]!a}"
    if "Traceback (most recent call last)" in printed.errors or printed.code not in (0, 1, 3):
        yield f"`{printed.command!a}` ended with {printed.code}: {printed.errors[-500:]!a}"
    for secret, form in zip(secrets, SECRET_FORMS, strict=True):
        if secret in said:
            at = said.index(secret)
            yield f"`{printed.command}` says the secret of {form!r}: {said[max(0, at - 60) : at]!a}"


FAULTS = (Fault("hostile words and secrets in commands", hostile_words, short=3, long=40),)
