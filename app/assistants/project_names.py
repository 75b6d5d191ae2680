"""Names of projects that nobody has sent yet: what may be meant instead."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

from app import store
from app.assistants import outside
from app.plain_text import one_line

if TYPE_CHECKING:
    from app.store.database import Connection

_MOST_NAMED = 10
_LONGEST_NAME = 80


def unknown_project(connection: "Connection", name: str) -> str:
    """A paragraph that says that nothing has come of this project, and which ones are alike; else empty."""
    known = [look.shown for look in store.project_acts.listed(connection)]
    if name in known:
        return ""
    near = get_close_matches(name, known, 3) or known[:_MOST_NAMED]
    named = ", ".join(outside.code(one_line(each, _LONGEST_NAME)) for each in near)
    others = f" Projects that are there, as their apps named them: {named}." if near else ""
    return f"Nothing of a project {outside.code(one_line(name, _LONGEST_NAME))} has come yet.{others}\n\n"
