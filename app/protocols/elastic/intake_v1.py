"""The first version of the intake (agents of 2018 and before): one JSON object instead of lines.

``{"service": …, "process": …, "system": …, "errors": [ … ]}`` to `/v1/errors`, and the same with transactions
to `/v1/transactions`; browsers send to `/v1/client-side/…` and `/v1/rum/…`. An error names its transaction by
an object, and its time is text; all else is as it is today.
"""

from typing import Any

from app.protocols.elastic.lines import ErrorLine, Lines
from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes

_METADATA = ("service", "process", "system", "user")


def read(body: bytes) -> Lines:
    """The errors in `body`, as lines. Raises nothing; an unknown body counts as an error, to be seen."""
    notes = _notes()
    payload = fitting.lenient(body, notes)
    if not isinstance(payload, dict):
        return Lines(errors=[ErrorLine(payload, {}, notes)])
    metadata = {name: payload.pop(name) for name in _METADATA if isinstance(payload.get(name), dict)}
    found = Lines(metadata=metadata)
    for kind in ("transactions", "spans", "metrics"):
        records = payload.pop(kind, None)
        if isinstance(records, list) and records:
            found.others[kind[:-1]] += len(records)
    errors = payload.pop("errors", None)
    for error in errors if isinstance(errors, list) else []:
        found.errors.append(ErrorLine(_today(error), metadata, notes))
        notes = _notes()
    if payload or notes.problems:
        _keep(payload, found, metadata, notes)
    return found


def _today(error: Any) -> Any:
    """The error with its transaction named as today."""
    if not isinstance(error, dict) or not isinstance(error.get("transaction"), dict):
        return error
    transaction = dict(error["transaction"])
    own = transaction.pop("id", None)
    named = {"transaction": transaction} if transaction else {}
    rest = {name: part for name, part in error.items() if name != "transaction"}
    return {**rest, "transaction_id": own, **named}


def _keep(payload: dict[str, Any], found: Lines, metadata: dict[str, Any], notes: Notes) -> None:
    """Keep what else the object holds with its first error, or make an error of it."""
    if not found.errors:
        found.errors.append(ErrorLine(payload, metadata, notes))
        return
    for name, value in payload.items():
        found.errors[0].notes.keep(name, value)


def _notes() -> Notes:
    return Notes(subject="error record")
