"""The preview of a merge of two issues."""

from typing import TYPE_CHECKING

from msgspec import Struct

from app import regrouping, store

if TYPE_CHECKING:
    from app.store.database import Connection


class Together(Struct, frozen=True):
    """A merge of these issues, the oldest of which stays; `sentence` describes the outcome."""

    issues: tuple[int, int]
    sentence: str


def together(connection: "Connection", one: int, other: int) -> Together:
    """What merging them does; run it off the UI thread. Raises `CannotRegroup`."""
    into, merged = min(one, other), max(one, other)
    store.regrouping.check(connection, (one, other))
    remaining, gone = store.issues.get(connection, into), store.issues.get(connection, merged)
    assert remaining is not None
    assert gone is not None
    return Together((into, merged), regrouping.preview_text.of_merge(gone, remaining))
