"""Reads OTLP's values: attributes, ids, times and severities."""

import binascii
import re
from typing import Any

from app.model import Level
from app.protocols.event import levels
from app.protocols.otlp import schema
from app.protocols.wire.notes import Notes

_SCALARS = ("stringValue", "boolValue", "doubleValue", "bytesValue")
_HEX = re.compile(r"[0-9a-fA-F]{16}|[0-9a-fA-F]{32}")
_SEVERITY = re.compile(r"(?:SEVERITY_NUMBER_)?(?P<word>[A-Za-z]+)[234]?")


def plain(value: Any) -> Any:
    """The value of an AnyValue; anything else stays as it is."""
    if not isinstance(value, dict):
        return value
    for name in _SCALARS:
        if name in value:
            return value[name]
    if "intValue" in value:
        return _integer(value["intValue"])
    if "arrayValue" in value:
        return [plain(item) for item in _values(value["arrayValue"])]
    if "kvlistValue" in value:
        pairs = [pair for pair in _values(value["kvlistValue"]) if isinstance(pair, dict)]
        return {str(pair.get("key")): plain(pair.get("value")) for pair in pairs}
    return value or None


def _values(wrapped: Any) -> list[Any]:
    values = wrapped.get("values") if isinstance(wrapped, dict) else wrapped
    return values if isinstance(values, list) else []


def _integer(value: Any) -> Any:
    """64 bits do not fit into a number of JavaScript's, so they come as text."""
    if isinstance(value, str) and len(value) < 21 and re.fullmatch(r"-?[0-9]+", value):
        return int(value)
    return value


def attributes(wire: schema.Attributes | None, notes: Notes) -> dict[str, Any]:
    """The attributes by name; one that comes twice is kept beside."""
    if isinstance(wire, dict):
        return {name: plain(value) for name, value in wire.items()}
    found: dict[str, Any] = {}
    for pair in wire or ():
        name, value = pair.key or "", plain(pair.value)
        if name in found:
            notes.keep(name, value)
        else:
            found[name] = value
    return found


def hex_id(value: str | None) -> str | None:
    """The id of a trace or span in hex, or in base64 as protobuf's own JSON has it. All zeros are none."""
    if not value:
        return None
    text = value.lower()
    if _HEX.fullmatch(value) is None:
        try:
            raw = binascii.a2b_base64(value, strict_mode=True)
        except (binascii.Error, ValueError):
            # Not an id, but it still distinguishes one trace from another.
            return value
        text = raw.hex() if len(raw) in (8, 16) else value
    return text if text.strip("0") else None


def nanos(*values: schema.Nanos | None) -> int | float | str | None:
    """The first of these times that was set."""
    for value in values:
        number = _integer(value) if isinstance(value, str) else value
        if number not in (None, 0, "", "0"):
            return number
    return None


def severity(number: int | str | None, text: str | None = None) -> Level | None:
    """The level of a log record: by its number, by the name of that, or else by the client's own word."""
    value = _integer(number)
    if isinstance(value, int) and 0 < value <= 24:
        return levels.opentelemetry(value)
    for word in (value, text):
        match = _SEVERITY.fullmatch(word.strip()) if isinstance(word, str) else None
        found = levels.find(match["word"]) if match is not None else None
        if found is not None:
            return found
    return None
