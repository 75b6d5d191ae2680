"""Renames fields to the case of a schema: some clients write ``lineNumber``, others ``LineNumber``."""

from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct


def renamed(value: Any, cls: type[Struct]) -> Any:
    """`value` with the names of `cls` in the case that `cls` has; all other names unchanged.

    Renames within nested schemas, too. A name is not changed if its right form is present already.
    """
    if not isinstance(value, dict):
        return value
    known = _fields(cls)
    found: dict[str, Any] = {}
    for name, part in value.items():
        right = known.get(name.lower())
        if right is None or (right[0] != name and right[0] in value) or right[0] in found:
            found[name] = part
        else:
            found[right[0]] = _inner(part, right[1])
    return found


def _inner(part: Any, cls: type[Struct] | None) -> Any:
    if cls is None:
        return part
    return [renamed(item, cls) for item in part] if isinstance(part, list) else renamed(part, cls)


@cache
def _fields(cls: type[Struct]) -> dict[str, tuple[str, type[Struct] | None]]:
    """The name on the wire and the schema of its value, by the name in lower case."""
    return {
        info.encode_name.lower(): (info.encode_name, _schema(info.type))
        for info in msgspec.structs.fields(cls)
    }


def _schema(annotation: Any) -> type[Struct] | None:
    """The only schema in a type such as ``list[Frame] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return annotation
    if get_origin(annotation) in (Union, UnionType, list):
        return next(filter(None, map(_schema, get_args(annotation))), None)
    return None
