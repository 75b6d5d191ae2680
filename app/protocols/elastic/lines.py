"""Sorts the lines of a body: errors, metadata of the service, and what is only counted.

Only errors, and the metadata before them, are decoded, and log lines that may be of errors; a busy service
sends a hundred spans to an error.
"""

import re
from collections import Counter
from typing import Any

import msgspec
from msgspec import Struct, field

from app.protocols.elastic import log_lines, rum
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

_FIRST_NAME = re.compile(rb'\s*\{\s*"(\w{1,20})"\s*:')
_SHORT = {b"m": b"metadata", b"e": b"error", b"x": b"transaction", b"y": b"span", b"me": b"metricset"}
TRACED = frozenset((b"transaction", b"x", b"span", b"y", b"log"))
_COUNTED = frozenset((b"transaction", b"span", b"metricset", b"log", b"profile"))


class ErrorLine(Struct):
    """A decoded error with the metadata that was in force; `notes` has the problems found so far."""

    error: Any
    metadata: dict[str, Any]
    notes: Notes


class Lines(Struct):
    """A body: its errors in order, and how many lines of every other kind. `metadata` is the last one.

    `logs` are the log lines of errors, each with the metadata that was in force; `traced` the lines of spans
    and of logs, each with its kind and that metadata.
    """

    errors: list[ErrorLine] = field(default_factory=list)
    logs: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    transactions: list[bytes] = field(default_factory=list)
    traced: list[tuple[bytes, bytes, dict[str, Any]]] = field(default_factory=list)


class TransactionContext(Struct):
    """The context of a transaction, for errors that have none."""

    user: dict[str, Any] | None = None
    tags: dict[str, Any] | None = None
    custom: dict[str, Any] | None = None


class EndedTransaction(Struct):
    """A transaction that ended in the same body as an error."""

    id: str = ""
    name: str | None = None
    context: TransactionContext | None = None


class _TransactionLine(Struct):
    transaction: EndedTransaction


_decoder = msgspec.json.Decoder(_TransactionLine)


def read(body: bytes) -> Lines:
    """The lines of `body`. Raises nothing; an unknown line counts as an error, to be seen."""
    found = Lines()
    notes = _notes()
    for line in body.split(b"\n"):
        if not line.strip():
            continue
        match = _FIRST_NAME.match(line)
        name = match[1] if match else b""
        kind = _SHORT.get(name, name)
        if kind in _COUNTED:
            error = log_lines.error_in(line) if kind == b"log" else None
            if error is not None:
                found.logs.append((error, found.metadata))
            else:
                found.others[kind.decode()] += 1
            if name in TRACED:
                found.traced.append((name, line, found.metadata))
            if name == b"transaction":
                found.transactions.append(line)
            continue
        decoded = fitting.lenient(line, notes)
        record = decoded.pop(name.decode(), None) if isinstance(decoded, dict) else None
        if kind == b"metadata" and isinstance(record, dict):
            found.metadata = rum.long_names("metadata", record) if name == b"m" else record
            continue
        if kind == b"error" and isinstance(decoded, dict):
            for other, value in decoded.items():
                notes.keep(other, value)
            decoded = rum.long_names("error", record) if name == b"e" else record
        elif isinstance(decoded, dict):
            notes.problem("A line is neither metadata nor an error, nor anything else that is known.")
            decoded = {name.decode(): record, **decoded} if name else decoded
        found.errors.append(ErrorLine(decoded, found.metadata, notes))
        notes = _notes()
    return found


def transactions(lines: Lines) -> dict[str, EndedTransaction]:
    """The transactions of a body by their ids; an error may have come before its own had a name or a user."""
    found = {}
    for line in lines.transactions:
        try:
            transaction = _decoder.decode(line).transaction
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            # It is only counted; its errors go without its name and user.
            continue
        if lenient_json.too_deep(msgspec.to_builtins(transaction)):
            continue
        found[transaction.id] = transaction
    return found


def _notes() -> Notes:
    return Notes(subject="error record")
