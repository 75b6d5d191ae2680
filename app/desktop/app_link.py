"""Links to what is in the window: `arecibo://issue/7`, `arecibo://event/0123…`. Nothing else is one.

Any web page and any document may hold such a link: it names what is shown, and does nothing.
"""

import re

from msgspec import Struct

SCHEME = "arecibo"
# The longest number of a row in the store, and an event's id.
_LINK = re.compile(r"arecibo://(?:(issue)/([1-9][0-9]{0,17})|(event)/([0-9a-f]{32}))/?", re.ASCII)


class AppLink(Struct, frozen=True):
    """An issue's number, or an event's id."""

    issue_id: int | None = None
    event_id: str = ""

    @property
    def text(self) -> str:
        """The link as it is written."""
        what = f"event/{self.event_id}" if self.issue_id is None else f"issue/{self.issue_id}"
        return f"{SCHEME}://{what}"


def parse(text: str) -> AppLink | None:
    """The link in `text`, which must be nothing but one; None otherwise."""
    found = _LINK.fullmatch(text)
    if found is None:
        return None
    return AppLink(issue_id=int(found[2])) if found[1] else AppLink(event_id=found[4])


def looks_like_one(text: str) -> bool:
    """Whether somebody meant a link of ours, well written or not."""
    return text[: len(SCHEME) + 1].lower() == f"{SCHEME}:"
