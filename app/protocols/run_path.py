"""The run that a client's request belongs to: `main.py run` gives clients an address whose path begins with
it.

    /run-3f9c0a12b7de/api/1/envelope/

Every format takes any path before its own, so no client and no adapter knows of it.
"""

import re

from app.model import Report

_BEGINNING = b" /run-"
_PATH = re.compile(rb"\A[A-Z]+ /run-([0-9A-Za-z_]{1,40})/")


def of(key: str) -> str:
    """The beginning of the paths of the run that `key`, of letters and digits, names; without slashes."""
    return f"run-{key}"


def key(report: Report) -> str | None:
    """The key of the run that sent `report`; None where its path names none."""
    head = report.head
    # Nearly all have none.
    if _BEGINNING not in head[:20]:
        return None
    found = _PATH.match(head)
    return None if found is None else found[1].decode()
