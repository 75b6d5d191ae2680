"""An exception whose type and value come in one text: `PaymentError: no card`."""

import re

from msgspec.structs import replace

from app.model import ExceptionInfo

# But no address ("http://…") and no words.
_TYPE_AND_VALUE = re.compile(
    r"([A-Za-z_$][\w$]*(?:(?:\.|::|\\)[A-Za-z_$][\w$]*)*):(?!//|:)[ \t]*(.*)", re.DOTALL
)
_LONGEST_TYPE = 200


def taken_apart(raised: ExceptionInfo) -> ExceptionInfo:
    """`raised` with a type, if it has none and its value begins with one.

    One that its client made up, to say where a message was sent from, is none.
    """
    if raised.type or not raised.value or (raised.mechanism or {}).get("synthetic") is True:
        return raised
    found = _TYPE_AND_VALUE.fullmatch(raised.value)
    if found is None or len(found[1]) > _LONGEST_TYPE:
        return raised
    return replace(raised, type=found[1], value=found[2])
