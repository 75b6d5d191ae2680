"""What a row says, cut to the room that there is: the type's package goes before the message's beginning."""

import re
from collections.abc import Callable, Sequence

from app.model import Issue
from app.plain_text import compact_line, plural
from ui.issues.issue_text import headline, state_text, transaction
from ui.wording import local

MORE, SEPARATOR = "…", " · "
# So much of the message, at least, is seen beside a long type: pixels, and a part of the line.
_LEAST_MESSAGE = 90
_LEAST_PART = 0.45
_BETWEEN = 8
# So many letters at the end of a transaction say something; measuring is what costs.
_LEAST_LETTERS, _MOST_TRIES = 5, 4
# In less room than this, the type alone says more than the beginnings of both.
_BOTH_FROM = 150
_SOURCE_LINE = re.compile(r"(?<!\.so)(?<!\.dylib)(?<!\.dll)(?<!\.exe)(?<!\.wasm):\d+$")
# What separates a package from what is in it: `com.shop.Order`, `std::runtime_error`, `App\Order`.
_PACKAGE = re.compile(r"^[\w$-]*(?:\.|::|\\|/)(?=[\w$<(])")

Width = Callable[[str], int]
Elided = Callable[[str, int], str]


def place_parts(issue: Issue, *, with_project: bool) -> tuple[str, ...]:
    """Project, place in the code, transaction and environment: `shop`, `ledger.py:19 in charge`,
    `POST /checkout`, `dev`.
    """
    parts = (
        issue.project if with_project else None,
        issue.place or issue.culprit,
        transaction(issue),
        issue.environment,
    )
    return tuple(compact_line(part) for part in parts if part)


def short_place(issue: Issue) -> str:
    """File and line where the app failed, `ledger.py:19`; of what has no source lines the function."""
    place, word, function = compact_line(issue.place or issue.culprit or "").rpartition(" in ")
    return place if word and _SOURCE_LINE.search(place) else function


def fitted_place(
    parts: Sequence[str], room: int, width: Width, elided: Elided, *, least: int = 2, shortened: str = ""
) -> str:
    """The parts in a line; where there is no room for all, what comes last goes first, and `least` stay.

    Of the part `shortened` as much of its end is left as there is room for.
    """
    count, used = 0, 0
    # Each part is measured alone: the same project, place and environment are in many rows.
    for part in parts:
        wide = width(part) + (width(SEPARATOR) if count else 0)
        if used + wide > room:
            break
        count, used = count + 1, used + wide
    if count < least:
        return elided(SEPARATOR.join(parts[:least]), room)
    line = SEPARATOR.join(parts[:count])
    return line + _end_of(shortened, room - used, width) if shortened in parts[count : count + 1] else line


def _end_of(part: str, room: int, width: Width) -> str:
    """A separator and the end of a part: `…/{id}/refund`; empty where that says too little."""
    room -= width(SEPARATOR) + width(MORE)
    letters = min(len(part) - 1, room * len(part) // max(1, width(part)))
    for count in range(letters, max(_LEAST_LETTERS, letters - _MOST_TRIES) - 1, -1):
        if width(part[-count:]) <= room:
            return SEPARATOR + MORE + part[-count:]
    return ""


def fitted_headline(
    kind: str, message: str, room: int, widths: tuple[Width, Width], elided: tuple[Elided, Elided]
) -> tuple[str, str]:
    """Type and message for a line: the type's packages go as far as the message needs their room.

    `widths` and `elided` are those of the type's font and of the message's.
    """
    kind_width, message_width = widths[0](kind), widths[1](message) if message else 0
    if not message:
        return elided[0](_without_packages(kind, room, widths[0]), max(0, room)), ""
    if kind_width + _BETWEEN + message_width <= room:
        return kind, message
    if room < _BOTH_FROM:
        shown = elided[0](_without_packages(kind, room, widths[0]), max(0, room))
        return shown, _unless_empty(elided[1](message, max(0, room - _BETWEEN - widths[0](shown))))
    wanted = min(message_width, max(_LEAST_MESSAGE, int(room * _LEAST_PART)))
    shown = _without_packages(kind, room - _BETWEEN - wanted, widths[0])
    if widths[0](shown) + _BETWEEN + wanted > room:
        # The name itself is more than the message's end, as long as the message begins.
        shown = elided[0](shown, max(0, room - _BETWEEN - min(wanted, _LEAST_MESSAGE)))
    left = room - _BETWEEN - widths[0](shown)
    return shown, _unless_empty(elided[1](message, left)) if left > 0 else ""


def is_type_whole(kind_width: int, message_width: int, room: int) -> bool:
    """Whether `fitted_headline` leaves a type whole in this room, and enough of the message."""
    wanted = min(message_width, max(_LEAST_MESSAGE, int(room * _LEAST_PART)))
    return kind_width + _BETWEEN + wanted <= room and (room >= _BOTH_FROM or wanted == message_width)


def _unless_empty(cut: str) -> str:
    """A mark without any text before it says nothing."""
    return "" if cut == MORE else cut


def _without_packages(kind: str, room: int, width: Width) -> str:
    """The type without as many packages as there is no room for; its name stays."""
    shown = kind
    while width(shown) > room:
        name = shown.removeprefix(MORE)
        package = _PACKAGE.match(name)
        if package is None:
            break
        shown = MORE + name[package.end() :]
    return shown


def whole(issue: Issue) -> str:
    """Everything that a row may have cut, for its tooltip."""
    kind, message = headline(issue)
    numbers = [plural(issue.count, "time"), plural(issue.users, "user") if issue.users else ""]
    lines = [
        kind,
        message,
        SEPARATOR.join(place_parts(issue, with_project=True)),
        compact_line(issue.culprit) if issue.culprit and issue.place and not transaction(issue) else "",
        ", ".join(part for part in (*numbers, state_text(issue)) if part),
        f"first {local(issue.first_seen)[:19]}, last {local(issue.last_seen)[:19]}",
    ]
    return "\n".join(line for line in lines if line)
