"""Browsers: the short names of their intake, version 3, and how they word an uncaught error.

The names are those of docs/spec/rumv3 in https://github.com/elastic/apm-server. Once long, a record reads
like that of any other agent.
"""

import re
from collections.abc import Mapping
from typing import Any

Names = Mapping[str, "str | tuple[str, Names]"]

AGENTS = frozenset(("rum-js", "js-base"))

_NAMED: Names = {"n": "name", "ve": "version"}
_SERVICE: Names = {
    **_NAMED,
    "en": "environment",
    "a": ("agent", _NAMED),
    "la": ("language", _NAMED),
    "ru": ("runtime", _NAMED),
    "fw": ("framework", _NAMED),
}
_USER: Names = {"id": "id", "un": "username", "em": "email"}
_FRAME: Names = {
    "ap": "abs_path",
    "f": "filename",
    "fn": "function",
    "li": "lineno",
    "co": "colno",
    "cn": "classname",
    "mo": "module",
    "cli": "context_line",
    "prc": "pre_context",
    "poc": "post_context",
}
_RAISED: dict[str, Any] = {
    "mg": "message",
    "t": "type",
    "mo": "module",
    "cd": "code",
    "at": "attributes",
    "hd": "handled",
    "st": ("stacktrace", _FRAME),
}
_RAISED["ca"] = ("cause", _RAISED)
_RESPONSE: Names = {
    "sc": "status_code",
    "he": "headers",
    "ts": "transfer_size",
    "ebs": "encoded_body_size",
    "dbs": "decoded_body_size",
}
_CONTEXT: Names = {
    "cu": "custom",
    "g": "tags",
    "p": ("page", {"rf": "referer", "url": "url"}),
    "q": ("request", {"mt": "method", "he": "headers", "en": "env", "hve": "http_version"}),
    "r": ("response", _RESPONSE),
    "se": ("service", _SERVICE),
    "u": ("user", _USER),
}
_ERROR: Names = {
    "cl": "culprit",
    "ex": ("exception", _RAISED),
    "log": (
        "log",
        {
            "ln": "logger_name",
            "lv": "level",
            "mg": "message",
            "pmg": "param_message",
            "st": ("stacktrace", _FRAME),
        },
    ),
    "c": ("context", _CONTEXT),
    "tid": "trace_id",
    "xid": "transaction_id",
    "pid": "parent_id",
    "x": ("transaction", {"n": "name", "t": "type", "sm": "sampled"}),
}
_METADATA: Names = {
    "se": ("service", _SERVICE),
    "l": "labels",
    "u": ("user", _USER),
    "n": ("network", {"c": ("connection", {"t": "type"})}),
}
_LINES: Mapping[str, Names] = {"error": _ERROR, "metadata": _METADATA}

# How a browser begins the message of an error that nobody caught; the agent itself writes the last one.
_UNCAUGHT = re.compile(r"(?:(?:Uncaught|uncaught exception:?|Unhandled promise rejection:?)(?: |$))+")
_TYPE = re.compile(r"(?P<type>[A-Z][\w$]*): ")


def long_names(kind: str, value: Any) -> Any:
    """The record of a line, with its short names made long. Raises nothing."""
    return _renamed(value, _LINES[kind])


def _renamed(value: Any, names: Names) -> Any:
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    renamed: dict[str, Any] = {}
    for name, part in value.items():
        long = names.get(name, name)
        if isinstance(long, tuple):
            renamed[long[0]] = _renamed(part, long[1])
        else:
            renamed[long] = part
    return renamed


def worded(kind: str | None, message: str | None, *, has_frames: bool) -> tuple[str | None, str | None, bool]:
    """Type and message as they were thrown, and whether the error was caught.

    ``Uncaught TypeError: no card`` was not; what an app reports by hand comes without such a beginning.
    """
    beginning = _UNCAUGHT.match(message or "")
    said = (message or "")[beginning.end() if beginning else 0 :]
    # Where it had no error to look at, the agent took for the type what stands before the first colon.
    named = _UNCAUGHT.sub("", kind or "").strip()
    found = _TYPE.match(said)
    if not named and found is not None and beginning is not None:
        named = found["type"]
    tells_type = bool(named) and said.startswith(f"{named}: ")
    if tells_type:
        said = said[len(named) + 2 :]
    # Firefox and Safari say no "Uncaught", but the type; a text that an app reports has no frames.
    return named or None, said or None, not (beginning or (tells_type and has_frames))
