"""What happens when issues are dropped on a place.

A view that is a state puts them into it. Nothing is dropped on a project: an issue is told from others by
keys of its project, and moving it would part it from what its app still sends.
"""

from typing import Literal

from app.plain_text import plural
from ui.places import Page, Place, ViewName

DropVerb = Literal["resolve", "mute", "unread", "reopen", "pin"]

_VERBS: dict[ViewName, DropVerb] = {
    "inbox": "reopen",
    "unread": "unread",
    "muted": "mute",
    "resolved": "resolve",
    "pinned": "pin",
}
_SENTENCES: dict[DropVerb, str] = {
    "resolve": "Resolve {}",
    "mute": "Mute {} …",
    "unread": "Mark {} as unread",
    "reopen": "Reopen {}",
    "pin": "Pin {}",
}


def verb_for(place: Place | Page | None) -> DropVerb | None:
    """What dropping issues on this place does; None where nothing can be dropped."""
    if not isinstance(place, Place) or place.project is not None or place.saved is not None:
        return None
    return _VERBS.get(place.view)


def describe(verb: DropVerb, issues: int) -> str:
    """What would happen to so many issues, as the pointer says it."""
    return _SENTENCES[verb].format(plural(issues, "issue"))
