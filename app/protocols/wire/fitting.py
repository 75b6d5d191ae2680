"""Converts decoded JSON to a schema's types: raises nothing, and discards nothing.

A schema is a tree of `msgspec.Struct`s whose fields all have defaults; it describes what a correct client
sends. Unknown fields go into the notes under their path; values of the wrong type as well, and a problem says
so.
"""

import math
from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from app.protocols.wire import broken_json, json_bounds, lenient_json
from app.protocols.wire.notes import KINDS, Notes, kind_of

Mapping = dict[str, Any]
Words = Annotated[str, "as JSON, where an app sends something else"]
"""A text for people to read, such as what an error says: an object in its place is shown as its JSON."""
S = TypeVar("S", bound=Struct)


def decode(payload: bytes, cls: type[S], notes: Notes, path: str = "") -> S:
    """The JSON object in `payload` as a `cls`, whatever `payload` is. Raises nothing.

    What is no JSON object goes into the notes as ``payload``. `path` is the prefix of names in the notes.
    """
    return fit_object(lenient(payload, notes), cls, notes, path)


def lenient(payload: bytes, notes: Notes) -> Any:
    """The JSON in `payload`, strictly where possible; what is no JSON is returned as text. Raises nothing."""
    if len(payload) > json_bounds.SMALL_BYTES:
        return json_bounds.prune(_lenient(json_bounds.shorten(payload, notes), notes), notes)
    return _lenient(payload, notes)


def _lenient(payload: bytes, notes: Notes) -> Any:
    try:
        value = msgspec.json.decode(payload)
        if not lenient_json.too_deep(value):
            return value
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # The lenient decoder finds and reports what is wrong.
        pass
    try:
        value, problems = lenient_json.decode(payload)
    except ValueError as error:
        return broken_json.read(payload, str(error), notes)
    for problem in problems:
        notes.problem(problem)
    return value


def fit_object(value: Any, cls: type[S], notes: Notes, path: str = "") -> S:
    """A decoded object as a `cls`; what is no object goes into the notes as ``payload``."""
    if not isinstance(value, dict):
        notes.problem(f"The {notes.subject} is not a JSON object; it is kept in extra as payload.")
        notes.keep("payload", value)
        return cls()
    return fit(value, cls, path, notes)


def fit(value: Mapping, cls: type[S], path: str, notes: Notes) -> S:
    """The object `value` as a `cls`. `path` is the prefix of names in the notes: empty, or "path."."""
    known = _fields(cls)
    fitted = {}
    for name, part in value.items():
        place = f"{path}{name}"
        if name in known:
            attribute, kind = known[name]
            fitted[attribute] = _fit(part, kind, place, notes)
        elif part is not None:
            notes.keep(place, part)
    return cls(**fitted)


def _fit(value: Any, kind: Any, path: str, notes: Notes) -> Any:
    if value is None or kind is Any:
        return value
    options = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    if Words in options:
        if isinstance(value, list) and value:
            notes.odd(path, value, "text")
            return lenient_json.as_text(value)
        if isinstance(value, dict) and value:
            return lenient_json.as_text(value)
        if isinstance(value, bool | int | float):
            return lenient_json.as_text(value)
        options = tuple(str if option == Words else option for option in options)
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
            return fit(value, option, f"{path}.", notes)
        if option == Mapping:
            return value
        if get_origin(option) is dict:
            kind = get_args(option)[1]
            return {key: _fit(item, kind, f"{path}.{key}", notes) for key, item in value.items()}
    notes.odd(path, value, _expected(options))
    return None


def _fit_list(value: list[Any], options: tuple[Any, ...], path: str, notes: Notes) -> Any:
    for option in options:
        if get_origin(option) is list:
            kind = get_args(option)[0]
            fitted = [_fit(item, kind, f"{path}.{n}", notes) for n, item in enumerate(value)]
            if kind is str:
                # Source lines: a missing one must not shift the others.
                return ["" if item is None else item for item in fitted]
            return fitted if kind is Any else [item for item in fitted if item is not None]
    if not value and any(_is_mapping(option) for option in options):
        # PHP encodes an empty object as an empty list: that is no mistake.
        return None
    notes.odd(path, value, _expected(options))
    return None


def _is_mapping(option: Any) -> bool:
    return get_origin(option) is dict or (isinstance(option, type) and issubclass(option, Struct))


def _fit_scalar(value: Any, options: tuple[Any, ...], path: str, notes: Notes) -> Any:
    if type(value) is int and float in options:
        options = (float, *options)  # a number stays a number, even where text is allowed
    for option in options:
        convert = _CONVERSIONS.get((type(value), option))
        if convert is not None:
            fitted = convert(value)
            if fitted is not None:
                if not (option is float and type(value) is int):
                    notes.problem(
                        f"{path} should be {_expected(options)}, but is {kind_of(value)}; read as {fitted!r}."
                    )
                return fitted
    notes.odd(path, value, _expected(options))
    return None


def _whole(value: float) -> int | None:
    return int(value) if abs(value) < 2**53 and value.is_integer() else None


def _rounded(value: int) -> float | None:
    return float(value) if abs(value) < 2**1023 else None


def _digits(value: str) -> int | None:
    return int(value) if len(value) < 19 and value.isascii() and value.isdigit() else None


def _decimal(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


_CONVERSIONS: dict[tuple[type, Any], Callable[[Any], Any]] = {
    (int, str): str,
    (float, str): repr,
    (bool, str): lenient_json.as_text,
    (int, float): _rounded,
    (float, int): _whole,
    (str, int): _digits,
    (str, float): _decimal,
}


def _expected(options: tuple[Any, ...]) -> str:
    names = []
    for option in options:
        if option in KINDS:
            names.append(KINDS[option])
        elif get_origin(option) is list:
            names.append("a list")
        elif option is not NoneType:
            names.append("an object")
    return " or ".join(dict.fromkeys(names))


@cache
def _fields(cls: type[Struct]) -> dict[str, tuple[str, Any]]:
    """The attribute and its type, by the name on the wire."""
    return {info.encode_name: (info.name, info.type) for info in msgspec.structs.fields(cls)}
