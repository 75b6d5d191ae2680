"""Payloads that break the schema, made to fit it: nothing raises, and nothing is thrown away.

Most events never come here: `decode` takes them straight into the types of `schema`. Others are decoded
leniently and fitted piece by piece. What has no place is kept under its path, as it came; what has the
wrong type is kept too, and a problem says so.
"""

from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from app.protocols import lenient_json
from app.protocols.notes import KINDS, Notes, kind_of
from app.protocols.sentry import schema

_INTERFACES = {
    "sentry.interfaces.Message": "logentry",
    "sentry.interfaces.Exception": "exception",
    "sentry.interfaces.Stacktrace": "stacktrace",
    "sentry.interfaces.Http": "request",
    "sentry.interfaces.User": "user",
    "sentry.interfaces.Breadcrumbs": "breadcrumbs",
    "sentry.interfaces.Threads": "threads",
    "sentry.interfaces.Contexts": "contexts",
}


_decoder = msgspec.json.Decoder(schema.Event)


def decode(payload: bytes, notes: Notes) -> schema.Event:
    """The event in `payload`; whatever it is, an event comes out. Raises nothing."""
    try:
        return _decoder.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return fit_event(_lenient(payload, notes), notes)


def fit_event(value: Any, notes: Notes) -> schema.Event:
    """A decoded event, made to fit the schema."""
    if not isinstance(value, dict):
        notes.problem("The event is not a JSON object; it is kept in extra as payload.")
        notes.keep("payload", value)
        return schema.Event()
    event = _fit_struct(_modern(value), schema.Event, "", notes)
    assert isinstance(event, schema.Event)
    return event


def _lenient(payload: bytes, notes: Notes) -> Any:
    try:
        value = msgspec.json.decode(payload)
        if not lenient_json.too_deep(value):
            return value
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # The lenient decoder finds out what is wrong, and says it.
        pass
    try:
        value, problems = lenient_json.decode(payload)
    except ValueError as error:
        notes.problem(f"The event is not readable JSON: {error}.")
        return lenient_json.clean_text(payload.decode("utf-8", "replace"))
    for problem in problems:
        notes.problem(problem)
    return value


def _modern(value: dict[str, Any]) -> dict[str, Any]:
    """The same event in the words of today: old clients have other names and shapes for some parts."""
    event = dict(value)
    for old, new in _INTERFACES.items():
        if old in event and event.get(new) is None:
            event[new] = event.pop(old)
    if "culprit" in event and event.get("transaction") is None:
        event["transaction"] = event.pop("culprit")
    for name in ("exception", "threads", "breadcrumbs"):
        part = event.get(name)
        if isinstance(part, dict) and part and "values" not in part:
            event[name] = [part]
    if isinstance(event.get("fingerprint"), str):
        event["fingerprint"] = [event["fingerprint"]]
    return event


def _fit_struct(value: dict[str, Any], cls: type[Struct], path: str, notes: Notes) -> Struct:
    known = _fields(cls)
    fitted = {}
    for name, part in value.items():
        place = f"{path}{name}"
        if name in known:
            attribute, wanted = known[name]
            fitted[attribute] = _fit(part, wanted, place, notes)
        elif part is not None:
            notes.keep(place, part)
    return cls(**fitted)


def _fit(value: Any, wanted: Any, path: str, notes: Notes) -> Any:
    if value is None or wanted is Any:
        return value
    options = get_args(wanted) if get_origin(wanted) in (Union, UnionType) else (wanted,)
    if isinstance(value, dict):
        return _fit_mapping(value, options, path, notes)
    if isinstance(value, list):
        return _fit_list(value, options, path, notes)
    if any(type(value) is option for option in options):
        return value
    return _fit_scalar(value, options, path, notes)


def _fit_mapping(value: dict[str, Any], options: tuple[Any, ...], path: str, notes: Notes) -> Any:
    for option in options:
        if isinstance(option, type) and issubclass(option, Struct):
            return _fit_struct(value, option, f"{path}.", notes)
        if option == schema.Mapping:
            return value
        if get_origin(option) is dict:
            wanted = get_args(option)[1]
            return {key: _fit(item, wanted, f"{path}.{key}", notes) for key, item in value.items()}
    notes.odd(path, value, _wanted(options))
    return None


def _fit_list(value: list[Any], options: tuple[Any, ...], path: str, notes: Notes) -> Any:
    for option in options:
        if get_origin(option) is list:
            wanted = get_args(option)[0]
            fitted = [_fit(item, wanted, f"{path}.{n}", notes) for n, item in enumerate(value)]
            if wanted is str:
                # Lines of source: a missing one must not move the others.
                return ["" if item is None else item for item in fitted]
            return fitted if wanted is Any else [item for item in fitted if item is not None]
    notes.odd(path, value, _wanted(options))
    return None


def _fit_scalar(value: Any, options: tuple[Any, ...], path: str, notes: Notes) -> Any:
    for option in options:
        convert = _CONVERSIONS.get((type(value), option))
        if convert is not None:
            fitted = convert(value)
            if fitted is not None:
                if not (option is float and type(value) is int):
                    notes.problem(
                        f"{path} should be {_wanted(options)}, but is {kind_of(value)}; read as {fitted!r}."
                    )
                return fitted
    notes.odd(path, value, _wanted(options))
    return None


def _whole(value: float) -> int | None:
    return int(value) if abs(value) < 2**53 and value.is_integer() else None


def _rounded(value: int) -> float | None:
    return float(value) if abs(value) < 2**1023 else None


def _digits(value: str) -> int | None:
    return int(value) if len(value) < 19 and value.isascii() and value.isdigit() else None


_CONVERSIONS: dict[tuple[type, Any], Callable[[Any], Any]] = {
    (int, str): str,
    (float, str): repr,
    (bool, str): lenient_json.as_text,
    (int, float): _rounded,
    (float, int): _whole,
    (str, int): _digits,
}


def _wanted(options: tuple[Any, ...]) -> str:
    words = []
    for option in options:
        if option in KINDS:
            words.append(KINDS[option])
        elif get_origin(option) is list:
            words.append("a list")
        elif option is not NoneType:
            words.append("an object")
    return " or ".join(dict.fromkeys(words))


@cache
def _fields(cls: type[Struct]) -> dict[str, tuple[str, Any]]:
    """Name on the wire to the attribute and its type."""
    return {info.encode_name: (info.name, info.type) for info in msgspec.structs.fields(cls)}
