"""Templates of log messages in all styles, filled with their parameters.

`%s` and `%(name)s` of Python, `%1$s` of PHP and Java, `%v` of Go, `%{name}` and `%<name>s` of Ruby, `{}`,
`{0}` and `{name:format,width}` of SLF4J, .NET, PSR-3 and Rust, `${name}` of JavaScript. What has no parameter
stays as it is. Formats and widths are not applied: the parameters are shown as they came.
"""

import re
from typing import Any

from app.protocols.event import percent_format
from app.protocols.wire import lenient_json

# A template that repeats a long parameter many times would fill the memory.
LONGEST = 100_000
# How a parameter is to be written says nothing that the text needs: `{0:N2}`, `{@order}`, `{name!r}`.
_BRACES = re.compile(
    r"(?P<twice>\{\{|\}\})|(?<!%)\$?\{[@$]?(?P<name>[\w][\w.-]{0,99}|)"
    r"(?:![rsa])?(?:,-?\d{1,3})?(?::[^{}]{0,40})?\}"
)
_PERCENT = re.compile(
    r"%(?:(?P<twice>%)|\((?P<python>\w{1,99})\)[-+ #0]{0,3}\d{0,2}(?:\.\d{1,2})?[a-zA-Z]"
    r"|\{(?P<ruby>\w{1,99})\}|<(?P<typed>\w{1,99})>[-+ #0]{0,3}\d{0,2}(?:\.\d{1,2})?[a-zA-Z]"
    r"|(?:(?P<place>\d{1,2})\$)?[-+#0']{0,3}\d{0,3}(?:\.\d{1,3})?(?:l{1,2}|h{1,2}|z)?(?P<kind>[a-zA-Z@]))"
)
_OF_NUMBERS = frozenset("diufFeEgGxX")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,_]{0,40}(?:[eE][-+]?[0-9]{1,3})?")
_NAMES = ("name", "python", "ruby", "typed")


def fill(template: str, params: Any) -> str:
    """`template` with `params`: a list, an object, or one value. Raises nothing.

    As Python's logging has it where that fits, else with the placeholders that have a parameter filled.
    """
    if params is None or params in ([], {}, "") or ("%" not in template and "{" not in template):
        return template
    if "%" in template:
        filled = percent_format.fill(template, params)
        if filled != template:
            return filled
    for pattern in (_BRACES, _PERCENT):
        filled = _filled(pattern, template, params)
        if filled != template:
            return filled
    return template


def _filled(pattern: re.Pattern[str], template: str, params: Any) -> str:
    if isinstance(params, list) and len(params) == 1 and isinstance(params[0], dict):
        # As Python's logging has it: one object for all names.
        named = params[0]
    else:
        named = params if isinstance(params, dict) else {}
    # An object's values may be meant in their order: {"0": "ada"}, or {"param_1": "ada"} for "%s".
    listed = [*params.values()] if isinstance(params, dict) else params
    if not isinstance(listed, list):
        listed = [params]
    parts: list[str] = []
    length, end, next_place, has_filled = 0, 0, 0, False
    for found in pattern.finditer(template):
        value, next_place = _value(found, named, listed, next_place)
        if value is None and not found["twice"]:
            continue
        if value is not None and found.groupdict().get("kind") in _OF_NUMBERS and not _is_number(value[0]):
            continue
        has_filled = has_filled or value is not None
        text = found["twice"][:1] if value is None else lenient_json.as_text(value[0])
        length += found.start() - end + len(text)
        if length > LONGEST:
            return template
        parts += (template[end : found.start()], text)
        end = found.end()
    return "".join((*parts, template[end:])) if has_filled else template


def _value(
    found: re.Match[str], named: dict[str, Any], listed: list[Any], next_place: int
) -> tuple[tuple[Any] | None, int]:
    """The parameter that a placeholder stands for, if there is one, and the place of the next."""
    groups = found.groupdict()
    if groups["twice"]:
        return None, next_place
    name = next((groups[each] for each in _NAMES if groups.get(each)), None)
    if name is not None and name in named:
        return (named[name],), next_place
    if name is not None and not name.isdecimal():
        # {order} beside a list: PSR-3's and .NET's names are only for people, there.
        return (None, next_place) if named or not listed else _at(listed, next_place)
    place = name if name is not None else groups.get("place")
    if place is None:
        return _at(listed, next_place)
    number = int(place[:4]) - (0 if name is not None else 1)
    return ((listed[number],) if 0 <= number < len(listed) else None), next_place


def _at(listed: list[Any], place: int) -> tuple[tuple[Any] | None, int]:
    return ((listed[place],) if place < len(listed) else None), place + 1


def _is_number(value: Any) -> bool:
    """Whether `%d` may stand for it: clients send numbers as text, too."""
    return isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value) is not None)
