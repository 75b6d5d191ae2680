"""Hostile texts (terminal escapes, markup, invisible characters …), and a store with them in every field."""

import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, update

from app.digest.grouping.rules import Ignore, RulePart, encode
from app.digest.pipeline import Digest
from app.notifications import directory
from app.notifications.rules import Rule
from app.settings import Settings
from app.store import schema as t
from app.store.database import Database
from app.store.engine_state import listener_failures
from app.store.engine_state.listener_failures import NewFailure
from app.store.grouping import grouping_rules
from app.store.inbox.triage import actions
from app.store.queue import refusals
from tests.factories import NOON, SECOND, append, envelope, make_report

RED, OSC = "\x1b[31mred\x1b[0m", "\x1b]0;owned\x07\x1b]8;;http://evil/\x1b\\link\x1b]8;;\x1b\\"
TEXTS = (
    RED,
    OSC,
    "\x9b31mc1\x9d0;c1\x9c\x85",
    "\x1b[2J\x1b[H\x1bc\b\b\b\x7f\x0e",
    "[/nothing] [link=http://evil/]x[/link] [bold]b :smile:",
    "<img src=/nowhere/at/all.png> <b>bold</b> &amp; a & b <a href='http://evil/'>x</a>",
    "\u202egnp.exe \u2066isolated\u2069 \u200bzero\ufeff\u200e",
    "one\nERROR app: two\r\nthree\rfour\u2028five",
    "\u0301lone " + "z" + "\u0301" * 60,
    "שלום עולם مرحبا",
    "w" * 10_000,
)
# Must never reach a terminal or a label: controls except newline, bidi, zero-width characters, separators.
UNSHOWN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def report_of(number: int, text: str) -> Any:
    """A report with one event that has `text` in every field that a client can set."""
    event_id = uuid.uuid4().hex
    frame = {
        "filename": text, "abs_path": text, "module": text, "function": text, "lineno": 3, "in_app": True,
        "pre_context": [text], "context_line": text, "post_context": [text], "vars": {text[:60]: text},
    }  # fmt: skip
    body = envelope(
        event_id,
        message=text,
        logger=text,
        transaction=text,
        release=text,
        environment=text,
        server_name=text,
        level="error",
        tags={text[:60]: text, "tag": text},
        user={"id": text, "email": text},
        extra={text[:60]: {"inner": [text]}},
        contexts={text[:60]: {"name": text, "version": text}},
        breadcrumbs=[{"message": text, "category": text, "type": text, "data": {"x": text}}],
        request={
            "url": text, "method": text[:20], "query_string": text, "data": text,
            "headers": {"X-Text": text, "User-Agent": text},
        },
        exception={"values": [{"type": text, "value": text, "stacktrace": {"frames": [frame]}}]},
        sdk={"name": text, "version": text},
        fingerprint=[str(number)],
    )  # fmt: skip
    return replace(make_report(number, project=text, at=NOON + number * SECOND, event_id=event_id), body=body)


def fill(database: Database, folder: Path, texts: Sequence[str] = TEXTS) -> list[str]:
    """Put hostile texts into every table that is shown; returns the ids of the events, the oldest first."""
    reports = [report_of(number, text) for number, text in enumerate(texts, 1)]
    append(database, *reports)
    with database.writing() as connection:
        directory.add_channel(connection, TEXTS[0] + "channel", "json://localhost/")
        directory.add_rule(connection, TEXTS[1] + "rule", Rule(projects=tuple(texts)))
    Digest(database, Settings(data_dir=folder)).run()
    append(database, report_of(len(texts) + 1, texts[-1]))
    with database.writing() as connection:
        for number, text in enumerate(texts, 1):
            actions.resolve(connection, [number], NOON, release=text)
            actions.reopen(connection, [number], NOON)
            actions.note(connection, number, text[:2_000], NOON)
            rule = encode(Ignore(RulePart.WORDS, text[:200]))
            grouping_rules.add(connection, text, "ignore", rule, NOON)
        _add_failures(connection, texts)
    return [report.event_id for report in reports]


def _add_failures(connection: Connection, texts: Sequence[str]) -> None:
    said = "\n".join(text[:2_000] for text in texts)
    row = {"status": 400, "reason": said, "remote": "127.0.0.1", "body": said.encode()}
    refusals.record(connection, [row | {"at": NOON, "head": said.encode("latin-1", "replace")}], counted=1)
    failure = NewFailure(at=NOON, listener=RED, place=OSC, error=said, traceback=said)
    listener_failures.record(connection, [failure])
    dead = {"report_id": len(texts) + 1, "attempts": 5, "error": said, "traceback": said, "dead": True}
    connection.execute(t.setbacks.insert(), [dead | {"due_at": None}])
    connection.execute(update(t.state).values(digested_through=len(texts) + 1))
    connection.execute(update(t.channels).values(last_error=said))
