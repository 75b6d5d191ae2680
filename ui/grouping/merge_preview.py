"""Two issues that are to be one, as the dialog shows it before anything is done."""

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from app.store.database import Connection


class Together(Struct, frozen=True):
    """A merge of these issues, the oldest of which stays; `sentence` says what it does."""

    issues: tuple[int, int]
    sentence: str


def together(connection: "Connection", one: int, other: int) -> Together:
    """What it is to merge them; run it beside the UI thread. Raises `CannotRegroup`."""
    from app.regrouping import preview_text  # noqa: PLC0415 - brings the digest; see ui.places
    from app.store.grouping import regrouping  # noqa: PLC0415
    from app.store.inbox import issues  # noqa: PLC0415

    into, merged = min(one, other), max(one, other)
    regrouping.check(connection, (one, other))
    kept, gone = issues.get(connection, into), issues.get(connection, merged)
    assert kept is not None
    assert gone is not None
    return Together((into, merged), preview_text.of_merge(gone, kept))
