"""Reads what the Python client of the first Arecibo mailed: the fields of its form as JSON, or the form.

The client wrote two headers and the JSON in one line; what mail servers add behind it is no part of it.
"""

import re
from collections.abc import Mapping

from app.protocols import arecibo
from app.protocols.wire import fitting, forms
from app.protocols.wire.notes import Notes

# A mail server may have broken its one long line.
_FORM = re.compile(r"[a-z_]{1,20}=[^\s&]*(?:&[a-z_]{1,20}=[^\s&]*)*")
# Two of these make it such a client's mail, and no other program's JSON.
_SURE = frozenset(("account", "traceback", "priority", "msg", "uid", "status"))


def of(text: str) -> Mapping[str, list[str]] | None:
    """The fields in a mail's text; None where it is no mail of such a client."""
    if text.lstrip()[:1] == "{":
        end = text.rfind("}")
        value = fitting.lenient(text[: end + 1].strip().encode(), Notes()) if end > 0 else None
        if not isinstance(value, dict):
            return None
        fields = arecibo.fields_of(value)
    elif _FORM.fullmatch(form := "".join(text.split("\n")).strip()):
        fields = forms.read(form.encode(), "application/x-www-form-urlencoded")
    else:
        return None
    known = arecibo.FIELDS & fields.keys()
    return fields if len(known & _SURE) >= 2 or "account" in known else None
