"""Python's ``template % params``, which loggers send apart: the template alone identifies a bug."""

import ast
import re
from typing import Any

# Python's conversions, but for widths: "%999999999d" would make a text that fills the memory.
_CONVERSION = re.compile(r"%(?:\(\w+\))?[-+ #0]{0,3}\d{0,2}(?:\.\d{1,2})?[a-zA-Z%]")
_LONGEST_LITERAL = 10_000
_LONGEST = 1_000_000


def fill(template: str, params: Any) -> str:
    """`template` with `params` (a list, a mapping, or one value); as it is where they do not fit."""
    if not params or "%" in _CONVERSION.sub("", template):
        return template
    if isinstance(params, dict) and _may_be_too_long(template, params):
        return template
    try:
        return template % (tuple(params) if isinstance(params, list) else params)
    except (TypeError, ValueError, KeyError, OverflowError):
        # Not Python's %, or values that it cannot convert: the template alone still says enough.
        return template


def _may_be_too_long(template: str, params: dict[Any, Any]) -> bool:
    """Whether a template that names a long value again and again would fill the memory."""
    longest = max(len(value) if isinstance(value, str) else len(repr(value)) for value in params.values())
    return longest * template.count("%(") > _LONGEST


def literal(text: str) -> Any:
    """The value that the `repr` in `text` stands for; None when it is none, or too long to be worth it."""
    if len(text) > _LONGEST_LITERAL:
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        # The repr of an object of the app's own: the text says all that can be known.
        return None
