"""Reads the parameters of an address as an object, as old clients in browsers send them with an image.

``error[class]=E&tags[0]=a`` is ``{"error": {"class": "E"}, "tags": ["a"]}``: PHP's way, and jQuery's.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

_MOST = 2000
_DEEPEST = 20
_STEP = re.compile(r"\[([^\[\]]*)\]")


def read(query: str) -> dict[str, Any]:
    """The object; every value is text. Raises nothing: a name with other brackets is used as it is."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        # More parameters than any client sends on purpose.
        return {"query": query}
    return of_pairs(pairs)


def of_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The object of names and values that have been taken apart already. Raises nothing."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        _put(found, name, value)
    return {name: _with_lists(value) for name, value in found.items()}


def of_head(head: bytes) -> dict[str, Any]:
    """As `read`, of the address in a stored report's head. Raises nothing."""
    address = head.partition(b"\r\n")[0].partition(b"?")[2].rpartition(b" ")[0]
    return read(address.decode("latin-1"))


def _put(found: dict[str, Any], name: str, value: str) -> None:
    first, bracket, rest = name.partition("[")
    steps = _STEP.findall(bracket + rest)
    if not first or "".join(f"[{step}]" for step in steps) != bracket + rest or len(steps) > _DEEPEST:
        first, steps = name, []
    place, path = found, [first, *steps]
    for step in path[:-1]:
        inner = place.setdefault(step, {})
        if not isinstance(inner, dict):
            found[name] = value
            return
        place = inner
    if isinstance(place.get(path[-1]), dict):
        found[name] = value
    else:
        place[path[-1]] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _with_lists(part) for name, part in value.items()}
    if all(name.isascii() and name.isdigit() for name in inner) and len(inner) == len({*map(int, inner)}):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
