"""Fits decoded JSON into a schema: nothing raises, and nothing is thrown away.

A schema is a tree of `msgspec.Struct`s whose fields all have defaults; it says what a well-behaved client
sends. Fields that it lacks are kept in the notes under their path; values of the wrong type are kept too, and
a problem says so.
"""

import math
from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from app.protocols.wire import broken_json, json_bounds, lenient_json
from app.protocols.wire.notes import KINDS, Notes, kind_of

Mapping = dict[str, Any]
S = TypeVar("S", bound=Struct)


def decode(payload: bytes, cls: type[S], notes: Notes, path: str = "") -> S:
    """The JSON object in `payload` as a `cls`; whatever it is, one comes out. Raises nothing.

    What is no JSON object is kept as ``payload``. `path` stands before the names of what is kept.
    """
    return fit_object(lenient(payload, notes), cls, notes, path)


def lenient(payload: bytes, notes: Notes) -> Any:
    """The JSON in `payload`, strictly where possible; what is no JSON comes as text. Raises nothing."""
    if len(payload) > json_bounds.SMALL_BYTES:
        return json_bounds.prune(_lenient(json_bounds.shorten(payload, notes), notes), notes)
    return _lenient(payload, notes)


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
        return broken_json.read(payload, str(error), notes)
    for problem in problems:
        notes.problem(problem)
    return value


def fit_object(value: Any, cls: type[S], notes: Notes, path: str = "") -> S:
    """A decoded object as a `cls`; what is no object is kept as ``payload``."""
    if not isinstance(value, dict):
        notes.problem(f"The {notes.subject} is not a JSON object; it is kept in extra as payload.")
        notes.keep("payload", value)
        return cls()
    return fit(value, cls, path, notes)


def fit(value: Mapping, cls: type[S], path: str, notes: Notes) -> S:
    """The object `value` as a `cls`. `path` stands before the names of what is odd: empty, or "path."."""
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
            return fit(value, option, f"{path}.", notes)
        if option == Mapping:
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
    if not value and any(_is_mapping(option) for option in options):
        # PHP writes an empty object like this: nothing is there, and nothing is odd.
        return None
    notes.odd(path, value, _wanted(options))
    return None


def _is_mapping(option: Any) -> bool:
    return get_origin(option) is dict or (isinstance(option, type) and issubclass(option, Struct))


def _fit_scalar(value: Any, options: tuple[Any, ...], path: str, notes: Notes) -> Any:
    if type(value) is int and float in options:
        options = (float, *options)  # a number stays one, where text would do as well
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
